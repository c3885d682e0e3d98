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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Delivers to one endpoint, turn after turn: takes messages from the outbox and marks them, makes
 * an attempt at each, and in one transaction writes down what came of that, gives back what was not
 * attempted and takes the next. Several are taken at once, each of another series, only where the
 * receiver drops repeats: what is marked when the process ends may have arrived. Used by one thread
 * at a time.
 */
final class Courier {
  private static final Duration DISK_PAUSE = Duration.ofSeconds(1);
  private static final int BACKLOG_EVERY = 64;
  private static final int MOST_AT_ONCE = 256;

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
  private final Notifier notifier;
  private final TimedCall call;
  private final EndpointMeters meters;
  private final EndpointReport report;
  private final Books books;
  private final Optional<Fallback> fallback;
  private final List<Parcel> claims = new ArrayList<>();
  private final List<Result> results = new ArrayList<>();
  private @Nullable Picker picker; // made in the first turn: a notifier may throw then
  private int most;
  private int atOnce;
  private boolean cutOff;
  private boolean handedOver;
  private int looks;

  Courier(EndpointMeters meters, Notifier notifier, Shared shared, Circuit circuit) {
    this.endpoint = meters.endpoint();
    this.shared = shared;
    this.circuit = circuit;
    this.meters = meters;
    this.report = new EndpointReport(endpoint, shared.context(), shared.conditions());
    this.call = new TimedCall(notifier, shared.context().scheduler(), this::overdue);
    this.notifier = notifier;
    this.books = new Books(endpoint, shared);
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
      meet();
      if (results.isEmpty() && claims.isEmpty()) {
        Pick pick = store(this::take);
        claims.addAll(pick.parcels());
        fellBack();
        if (claims.isEmpty()) {
          return pick.again();
        }
      }
      attemptAll();
      return record();
    } catch (ComponentException disk) {
      report.stuck(String.valueOf(disk.getMessage()));
      return shared.now().plus(DISK_PAUSE);
    }
  }

  /** Asks the notifier, once, how it is to be used; only its own thread does. */
  private void meet() {
    if (picker == null) {
      Picker.Receiver receiver = Picker.Receiver.of(notifier);
      most = receiver.dropsRepeats() ? MOST_AT_ONCE : 1;
      atOnce = most;
      picker = new Picker(endpoint, receiver, shared);
    }
  }

  /**
   * Takes what is due within a transaction of somebody else, who says so when that is rolled back.
   * For use between two turns; what is not the usual case waits for the next.
   *
   * @return whether it took anything
   */
  boolean claim(Connection connection) throws SQLException {
    Instant now = shared.now();
    boolean usual = results.isEmpty() && claims.isEmpty() && !cutOff && !circuit.isUnreachable();
    if (usual && picker != null && Picker.hasCome(circuit.until(), now)) {
      return claims.addAll(picker.pick(connection, now, atOnce).parcels());
    }
    return false;
  }

  /** Forgets what {@link #claim} took, which is all there is when it took anything. */
  void unclaim() {
    claims.clear();
  }

  /** Nothing is attempted while results of an earlier turn are not in the database. */
  private void attemptAll() throws InterruptedException {
    if (!results.isEmpty()) {
      return;
    }
    Round round = new Round(call, shared.context().clock(), List.copyOf(claims));
    claims.clear(); // should this be interrupted, those begun and not over stay marked
    circuit.begin();
    try {
      round.run(shared.context().executor(), notifier.concurrency());
    } finally { // interrupted or not: what is known is kept
      claims.addAll(round.takeLeft());
      List<Round.Made> ended = new ArrayList<>(round.made());
      ended.sort(Comparator.comparingInt(made -> weight(made.delivery().outcome().kind())));
      ended.forEach(made -> results.add(result(made)));
    }
    boolean keptUp = claims.isEmpty() && circuit.isSound();
    atOnce = keptUp ? most : Math.min(most, 2 * results.size()); // a slow receiver is given few
  }

  /** What asks for a pause is taken last: else what ended a moment later would end the pause. */
  private static int weight(Outcome.Kind kind) {
    return switch (kind) {
      case DONE, REJECTED -> 0;
      case RETRYABLE -> 1;
      case THROTTLED -> 2;
      case MISCONFIGURED -> 3;
      case FATAL -> 4;
    };
  }

  /** A call hangs, and may do so for long: what waits behind it is counted once more. */
  private void overdue(Duration limit) {
    report.overdue(limit);
    try {
      var unused = shared.context().state().read(this::count);
    } catch (ComponentException disk) {
      report.stuck(String.valueOf(disk.getMessage()));
    }
  }

  private OutboxRows.Backlog count(Connection connection) throws SQLException {
    OutboxRows.Backlog backlog = shared.tables().rows().waiting().backlog(connection, endpoint);
    meters.backlog(backlog);
    return backlog;
  }

  /** What goes on is about to be interrupted, for good. Any thread's. */
  void cut() {
    call.cut();
  }

  /** Makes one attempt that is not of the outbox: nothing is written down or counted. */
  Delivery attempt(Notification notification) throws InterruptedException {
    return call.deliver(notification);
  }

  /** Writes down what is known, and gives back what was taken and not attempted. */
  void close() throws ComponentException {
    if (results.isEmpty() && claims.isEmpty()) {
      return;
    }
    var unused = store(this::settle);
    results.clear();
    claims.clear();
  }

  /** Writes down what came of attempts, and gives back what was taken and not attempted. */
  private boolean settle(Connection connection) throws SQLException {
    for (Result result : results) {
      books.settle(connection, result.parcel(), result.attempt());
    }
    for (Parcel parcel : claims) {
      books.release(connection, parcel, shared.now());
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
      count(connection);
    }
    if (!rests) {
      Pick pick =
          Objects.requireNonNull(picker)
              .pick(connection, now, circuit.isUnreachable() ? 1 : atOnce);
      if (pick.parcels().isEmpty()) {
        count(connection);
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

  private Result result(Round.Made made) {
    Instant after = made.over();
    Outcome outcome = made.delivery().outcome();
    meters.attempted(outcome.kind(), Duration.between(made.begun(), after));
    Instant retryAt = after;
    switch (outcome.kind()) {
      case DONE, REJECTED -> circuit.succeeded();
      case RETRYABLE, THROTTLED, MISCONFIGURED -> {
        int attempts = made.parcel().notification().attempt();
        retryAt =
            made.delivery().partly()
                ? circuit.reachedInPart(outcome, attempts, after)
                : circuit.failed(outcome, attempts, after);
      }
      case FATAL -> cutOff = true;
    }
    report.attempted(outcome, circuit.open());
    String reason = shared.context().redact(outcome.reason());
    return new Result(
        made.parcel(), new Settlement.Attempt(made.delivery(), reason, after, retryAt));
  }

  private Instant record() throws ComponentException {
    Pick pick =
        store(
            connection -> {
              var unused = settle(connection);
              return take(connection);
            });
    results.clear();
    claims.clear();
    claims.addAll(pick.parcels());
    fellBack();
    shared.history().ifPresent(History::wake);
    return pick.again();
  }
}
