package io.modelvane.alerting.outbox;

import io.modelvane.alerting.outbox.OutboxRow.Progress;
import io.modelvane.alerting.outbox.OutboxRows.Ending;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Writes down what came of an attempt, and what that means for a newer step that waits. */
final class Settlement {
  private final Tables tables;

  Settlement(Tables tables) {
    this.tables = tables;
  }

  /**
   * An attempt that is over.
   *
   * @param delivery what came of it
   * @param reason of a failure, secrets masked
   * @param at when it was over
   * @param retryAt when it may be made again
   */
  record Attempt(Delivery delivery, String reason, Instant at, Instant retryAt) {
    /**
     * The same; what was answered is about several incidents, and none of them goes on from it. To
     * tell them together again would tell those twice who have got it.
     */
    Attempt withoutReceipt() {
      Delivery plain =
          new Delivery(
              delivery.partly() ? Outcome.DONE : delivery.outcome(),
              delivery.statusCode(),
              delivery.answer(),
              Map.of(),
              delivery.sent());
      return new Attempt(plain, reason, at, retryAt);
    }
  }

  /** Settles a row that is marked as being sent; does nothing with any other. */
  boolean settle(Connection connection, OutboxRow row, Attempt attempt) throws SQLException {
    return attempt.delivery().outcome().kind() == Outcome.Kind.DONE
        ? sent(connection, row, attempt)
        : notSent(connection, row, attempt);
  }

  private boolean sent(Connection connection, OutboxRow row, Attempt attempt) throws SQLException {
    Ending ending = new Ending(RowState.SENT, attempt.at(), answer(attempt.delivery()));
    boolean marked = tables.rows().endAttempt(connection, row, ending);
    if (marked) {
      tables.incidents().tell(connection, row, attempt.delivery().receipt());
    }
    return marked;
  }

  private boolean notSent(Connection connection, OutboxRow row, Attempt attempt)
      throws SQLException {
    Optional<OutboxRow> current = tables.rows().find(connection, row.seq());
    if (current.isEmpty() || current.get().progress().state() != RowState.ATTEMPTING) {
      return false;
    }
    boolean some = attempt.delivery().partly();
    if (some || maybeArrived(attempt.delivery())) {
      Map<String, String> receipt = some ? attempt.delivery().receipt() : Map.of();
      tables.incidents().tell(connection, row, receipt);
    }
    failed(connection, current.get(), attempt);
    return true;
  }

  /** What the receiver said, for those who ask later. */
  private static String answer(Delivery delivery) {
    return delivery.statusCode().isPresent() ? "answered " + delivery.statusCode().getAsInt() : "";
  }

  /** Gives back a row that was marked and not attempted: it waits again, or its time is over. */
  void release(Connection connection, OutboxRow row, Instant now) throws SQLException {
    Optional<OutboxRow> newer = newer(connection, row);
    if (newer.isEmpty()) {
      tables.rows().progress(connection, row, row.progress());
    } else {
      supersede(connection, row, newer.get(), now);
    }
  }

  private void failed(Connection connection, OutboxRow row, Attempt attempt) throws SQLException {
    boolean refused = attempt.delivery().outcome().kind() == Outcome.Kind.REJECTED;
    Optional<OutboxRow> newer = newer(connection, row);
    tables.rows().explain(connection, row, attempt.reason());
    if (refused) {
      tables
          .rows()
          .end(connection, row, new Ending(RowState.FAILED, attempt.at(), attempt.reason()));
      if (newer.isPresent()) {
        unheard(connection, row, newer.get(), attempt.at());
      }
    } else if (newer.isEmpty()) {
      boolean maybe = row.progress().maybeArrived() || maybeArrived(attempt.delivery());
      Progress later =
          new Progress(RowState.DUE, attempt.retryAt(), row.progress().attempts(), maybe);
      tables.rows().progress(connection, row, later);
    } else {
      supersede(connection, row, newer.get(), attempt.at());
    }
  }

  private void supersede(Connection connection, OutboxRow row, OutboxRow newer, Instant at)
      throws SQLException {
    Ending ending = new Ending(RowState.SUPERSEDED, at, "a newer step is told");
    tables.rows().end(connection, row, ending);
    unheard(connection, row, newer, at);
  }

  /**
   * If the endpoint has not heard of the incident, the newer step becomes the first, or nothing.
   */
  private void unheard(Connection connection, OutboxRow row, OutboxRow newer, Instant at)
      throws SQLException {
    if (told(connection, row)) {
      return;
    }
    if (newer.step() == IncidentStep.RESOLVED) {
      Ending ending = new Ending(RowState.CANCELLED, at, "the incident ended before it was sent");
      tables.rows().end(connection, newer, ending);
      if (find(connection, row) == RowState.SUPERSEDED) {
        tables.rows().end(connection, row, ending);
      }
    } else if (row.step() == IncidentStep.OPENED) {
      tables.rows().adopt(connection, newer, row.previous());
    }
  }

  private RowState find(Connection connection, OutboxRow row) throws SQLException {
    return tables
        .rows()
        .find(connection, row.seq())
        .map(found -> found.progress().state())
        .orElse(RowState.CANCELLED);
  }

  private boolean told(Connection connection, OutboxRow row) throws SQLException {
    return tables
        .incidents()
        .told(connection, row.target().incident())
        .containsKey(row.target().endpoint());
  }

  private Optional<OutboxRow> newer(Connection connection, OutboxRow row) throws SQLException {
    return tables.rows().live(connection, row.target().incident()).stream()
        .filter(other -> other.target().endpoint().equals(row.target().endpoint()))
        .filter(other -> other.seq() > row.seq())
        .findFirst();
  }

  /**
   * Whether a failed attempt may have arrived all the same. Not what the notifier says was never
   * sent; and an answer with a code that says "not taken" (408, 425, 429, 503, and SMTP's 4yz)
   * settles it; no answer, or a broken one from something in between, does not.
   */
  private static boolean maybeArrived(Delivery delivery) {
    return delivery.sent()
        && !delivery.partly()
        && delivery.outcome().kind() == Outcome.Kind.RETRYABLE
        && (delivery.statusCode().isEmpty()
            || (delivery.statusCode().getAsInt() >= 500
                && delivery.statusCode().getAsInt() != 503));
  }
}
