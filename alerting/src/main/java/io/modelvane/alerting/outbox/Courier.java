package io.modelvane.alerting.outbox;

import io.modelvane.alerting.history.History;
import io.modelvane.alerting.rule.Policy;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.StateStore;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Delivers to one endpoint, one message per turn: takes it from the outbox and marks it, makes one
 * attempt, and in one transaction writes down what came of it and takes the next. Used by one
 * thread at a time; holds one message at most.
 */
final class Courier {
  private static final Duration DISK_PAUSE = Duration.ofSeconds(1);
  private static final int BACKLOG_EVERY = 64;

  /** What all couriers share. */
  record Shared(
      ComponentContext context,
      Tables tables,
      Planning planning,
      Optional<History> history,
      Conditions conditions,
      Optional<URI> link) {
    Instant now() {
      return context.clock().instant();
    }

    Policy policy() {
      return planning.policy();
    }
  }

  /**
   * How something is planned for another endpoint.
   *
   * @param policy what is configured about endpoints
   * @param planner opens moments
   * @param planned run when there is something new to send
   */
  record Planning(Policy policy, Planner planner, Runnable planned) {}

  /** An attempt whose result is not in the database yet. */
  private record Result(Parcel parcel, Settlement.Attempt attempt) {}

  private final String endpoint;
  private final Shared shared;
  private final Circuit circuit;
  private final TimedCall call;
  private final EndpointMeters meters;
  private final EndpointReport report;
  private final Books books;
  private final Picker picker;
  private final Optional<Fallback> fallback;
  private @Nullable Parcel claim;
  private @Nullable Result result;
  private boolean cutOff;
  private boolean handedOver;
  private int looks;

  Courier(EndpointMeters meters, Notifier notifier, Shared shared, Circuit circuit) {
    this.endpoint = meters.endpoint();
    this.shared = shared;
    this.circuit = circuit;
    this.meters = meters;
    this.report = new EndpointReport(endpoint, shared.context(), shared.conditions());
    this.call =
        new TimedCall(
            notifier, shared.context().scheduler(), () -> report.overdue(notifier.timeout()));
    this.books = new Books(endpoint, shared);
    this.picker = new Picker(endpoint, notifier, shared);
    this.fallback =
        shared
            .policy()
            .delivery(endpoint)
            .fallback()
            .map(other -> new Fallback(endpoint, other.name(), shared.tables()));
  }

  String endpoint() {
    return endpoint;
  }

  EndpointReport report() {
    return report;
  }

  /**
   * Makes one step.
   *
   * @return when the next is worth while: in the past for at once, {@link Instant#MAX} when nothing
   *     waits
   * @throws InterruptedException when interrupted in an attempt, which then may have arrived; the
   *     next start finds it so
   */
  Instant turn() throws InterruptedException {
    try {
      if (result == null && claim == null) {
        Pick pick = store(this::take);
        claim = pick.parcel();
        fellBack();
        if (pick.parcel() == null) {
          return pick.again();
        }
      }
      Parcel taken = claim;
      if (taken != null) {
        claim = null;
        result = attempt(taken);
      }
      return record();
    } catch (ComponentException disk) {
      report.stuck(String.valueOf(disk.getMessage()));
      return shared.now().plus(DISK_PAUSE);
    }
  }

  /** Makes one attempt that is not of the outbox: nothing is written down or counted. */
  Delivery attempt(Notification notification) throws InterruptedException {
    return call.deliver(notification);
  }

  /** Writes down what is known, and gives back what was taken and not attempted. */
  void close() throws ComponentException {
    Result unrecorded = result;
    if (unrecorded != null) {
      store(
          connection -> {
            books.settle(connection, unrecorded.parcel(), unrecorded.attempt());
            return true;
          });
      result = null;
    }
    Parcel taken = claim;
    if (taken != null) {
      store(connection -> release(connection, taken));
      claim = null;
    }
  }

  private boolean release(Connection connection, Parcel parcel) throws SQLException {
    for (Parcel.Part part : parcel.parts()) {
      shared.tables().rows().progress(connection, part.row(), part.row().progress());
    }
    return true;
  }

  private <T> T store(StateStore.Work<T> work) throws ComponentException {
    return shared.context().state().transact(work);
  }

  private Pick take(Connection connection) throws SQLException {
    Instant now = shared.now();
    boolean rests = cutOff || !Picker.hasCome(circuit.until(), now);
    if (rests || looks++ % BACKLOG_EVERY == 0) {
      meters.backlog(shared.tables().rows().waiting().backlog(connection, endpoint));
    }
    if (!rests) {
      Pick pick = picker.pick(connection, now);
      if (pick.parcel() == null) {
        meters.backlog(shared.tables().rows().waiting().backlog(connection, endpoint));
      }
      return pick;
    }
    if (fallback.isPresent() && (cutOff || circuit.isUnreachable())) {
      Moment moment = shared.planning().planner().at(connection, now);
      handedOver |= fallback.get().run(moment);
    }
    return Pick.again(cutOff ? Instant.MAX : circuit.until());
  }

  /** The other endpoint has something to send, once that is on the disk. */
  private void fellBack() {
    if (handedOver) {
      handedOver = false;
      shared.planning().planned().run();
    }
  }

  private Result attempt(Parcel taken) throws InterruptedException {
    Instant before = shared.now();
    Delivery delivery = call.deliver(taken.notification());
    Instant after = shared.now();
    Outcome outcome = delivery.outcome();
    meters.attempted(outcome.kind(), Duration.between(before, after));
    Instant retryAt = after;
    switch (outcome.kind()) {
      case DONE, REJECTED -> circuit.succeeded();
      case RETRYABLE, THROTTLED, MISCONFIGURED ->
          retryAt = circuit.failed(outcome, taken.notification().attempt(), after);
      case FATAL -> cutOff = true;
    }
    report.attempted(outcome, circuit.open());
    String reason = shared.context().redact(outcome.reason());
    return new Result(taken, new Settlement.Attempt(delivery, reason, after, retryAt));
  }

  private Instant record() throws ComponentException {
    Result known = result;
    if (known == null) {
      return shared.now();
    }
    Pick pick =
        store(
            connection -> {
              books.settle(connection, known.parcel(), known.attempt());
              return take(connection);
            });
    result = null;
    claim = pick.parcel();
    fellBack();
    shared.history().ifPresent(History::wake);
    return pick.again();
  }
}
