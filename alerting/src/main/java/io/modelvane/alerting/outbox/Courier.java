package io.modelvane.alerting.outbox;

import io.modelvane.alerting.history.History;
import io.modelvane.alerting.history.NotificationRecord;
import io.modelvane.alerting.outbox.OutboxRow.Progress;
import io.modelvane.alerting.outbox.OutboxRows.Ending;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.RetryPolicy;
import io.modelvane.spi.StateStore;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Delivers to one endpoint, one notification per turn: takes it from the outbox and marks it, makes
 * one attempt, and in one transaction writes down what came of it and takes the next. Used by one
 * thread at a time; holds one notification at most.
 */
final class Courier {
  private static final Duration DISK_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = RetryPolicy.DEFAULT.maximumThrottle();
  private static final int BACKLOG_EVERY = 64;

  /** What all couriers share. */
  record Shared(
      ComponentContext context,
      Tables tables,
      Optional<History> history,
      Conditions conditions,
      Optional<URI> link) {
    Instant now() {
      return context.clock().instant();
    }
  }

  /** A notification that is marked as being sent. */
  private record Claim(OutboxRow row, Notification notification) {}

  /** What was found in the outbox: something to send, or when to look again. */
  private record Look(@Nullable Claim claim, Instant again) {
    static Look again(Instant time) {
      return new Look(null, time);
    }
  }

  /** An attempt whose result is not in the database yet. */
  private record Result(Claim claim, Settlement.Attempt attempt) {}

  private final String endpoint;
  private final Notifier notifier;
  private final Shared shared;
  private final Circuit circuit;
  private final TimedCall call;
  private final EndpointMeters meters;
  private final EndpointReport report;
  private final Settlement settlement;
  private @Nullable Claim claim;
  private @Nullable Result result;
  private boolean cutOff;
  private int looks;

  Courier(EndpointMeters meters, Notifier notifier, Shared shared, Circuit circuit) {
    this.endpoint = meters.endpoint();
    this.notifier = notifier;
    this.shared = shared;
    this.circuit = circuit;
    this.meters = meters;
    this.report = new EndpointReport(endpoint, shared.context(), shared.conditions());
    this.call =
        new TimedCall(
            notifier, shared.context().scheduler(), () -> report.overdue(notifier.timeout()));
    this.settlement = new Settlement(shared.tables());
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
        Look look = store(this::take);
        claim = look.claim();
        if (look.claim() == null) {
          return look.again();
        }
      }
      Claim taken = claim;
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
      store(connection -> settle(connection, unrecorded));
      result = null;
    }
    Claim taken = claim;
    if (taken != null) {
      store(connection -> release(connection, taken.row()));
      claim = null;
    }
  }

  private boolean release(Connection connection, OutboxRow row) throws SQLException {
    shared.tables().rows().progress(connection, row, row.progress());
    return true;
  }

  private <T> T store(StateStore.Work<T> work) throws ComponentException {
    return shared.context().state().transact(work);
  }

  private Look take(Connection connection) throws SQLException {
    Instant now = shared.now();
    boolean rests = cutOff || !hasCome(circuit.until(), now);
    Optional<OutboxRow> next =
        rests ? Optional.empty() : shared.tables().rows().next(connection, endpoint);
    boolean due = next.isPresent() && hasCome(next.get().progress().due(), now);
    if (!due || looks++ % BACKLOG_EVERY == 0) {
      meters.backlog(shared.tables().rows().backlog(connection, endpoint));
    }
    if (due) {
      return take(connection, next.get(), now);
    } else if (rests) {
      return Look.again(cutOff ? Instant.MAX : circuit.until());
    }
    return Look.again(next.map(row -> row.progress().due()).orElse(Instant.MAX));
  }

  /**
   * Nothing waits longer than the longest pause: what seems to was timed before a clock went back.
   */
  private static boolean hasCome(Instant time, Instant now) {
    return !time.isAfter(now) || time.isAfter(now.plus(LONGEST_PAUSE));
  }

  private Look take(Connection connection, OutboxRow row, Instant now) throws SQLException {
    Optional<Incidents.Known> known =
        shared.tables().incidents().find(connection, row.target().incident());
    if (known.isEmpty()) {
      Ending lost = new Ending(RowState.CANCELLED, now, "its incident is not known any more");
      shared.tables().rows().end(connection, row, lost);
      return Look.again(now);
    }
    Map<String, String> receipt = shared.tables().incidents().receipt(connection, row.target());
    shared.tables().rows().attempt(connection, row);
    return new Look(new Claim(row, notification(row, known.get(), receipt)), now);
  }

  private Notification notification(
      OutboxRow row, Incidents.Known known, Map<String, String> receipt) {
    Telling telling = Telling.of(row, known.incident().level());
    Progress progress = row.progress();
    return new Notification(
        row.id(),
        row.rule(),
        known.incident(),
        telling.step(),
        telling.previous(),
        known.status(),
        row.decidedAt(),
        progress.attempts() + 1,
        progress.maybeArrived() && !notifier.receiverDropsRepeats(),
        shared.link(),
        receipt);
  }

  private Result attempt(Claim taken) throws InterruptedException {
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
    Look look =
        store(
            connection -> {
              settle(connection, known);
              return take(connection);
            });
    result = null;
    claim = look.claim();
    shared.history().ifPresent(History::wake);
    return look.again();
  }

  private boolean settle(Connection connection, Result known) throws SQLException {
    boolean settled = settlement.settle(connection, known.claim().row(), known.attempt());
    if (settled && shared.history().isPresent() && worthRemembering(known)) {
      shared
          .history()
          .get()
          .delivery(
              connection,
              new NotificationRecord(
                  known.claim().notification(),
                  endpoint,
                  known.attempt().delivery(),
                  known.attempt().at()));
    }
    return settled;
  }

  /** Every notification sent, every one refused, and the first failure of each. */
  private static boolean worthRemembering(Result known) {
    Outcome.Kind kind = known.attempt().delivery().outcome().kind();
    return kind == Outcome.Kind.DONE
        || kind == Outcome.Kind.REJECTED
        || known.claim().notification().attempt() == 1;
  }
}
