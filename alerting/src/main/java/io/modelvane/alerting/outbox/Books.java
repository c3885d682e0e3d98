package io.modelvane.alerting.outbox;

import io.modelvane.alerting.history.NotificationRecord;
import io.modelvane.alerting.outbox.Decisions.About;
import io.modelvane.alerting.outbox.Decisions.Decided;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Keeps what came of attempts at one endpoint: in the outbox, in the history, in the decisions. */
final class Books {
  private final String endpoint;
  private final Courier.Shared shared;
  private final Settlement settlement;

  Books(String endpoint, Courier.Shared shared) {
    this.endpoint = endpoint;
    this.shared = shared;
    this.settlement = new Settlement(shared.tables());
  }

  /** Writes down what came of an attempt, for each notification that it told. */
  void settle(Connection connection, Parcel parcel, Settlement.Attempt made) throws SQLException {
    boolean collected = parcel.isCollected();
    Settlement.Attempt attempt = collected ? made.withoutReceipt() : made;
    for (Parcel.Part part : parcel.parts()) {
      if (settlement.settle(connection, part.row(), attempt)) {
        remember(connection, part, attempt);
        if (isDone(attempt)) {
          Planner planner = shared.planning().planner();
          planner.begun(planner.at(connection, shared.now()), part.row());
        }
        if (collected && isDone(attempt)) {
          collected(connection, part, parcel);
        }
      }
    }
  }

  /** Gives back what was taken and not attempted; a silence may have begun meanwhile. */
  void release(Connection connection, Parcel parcel, Instant now) throws SQLException {
    Planner planner = shared.planning().planner();
    Moment moment = planner.at(connection, now);
    for (Parcel.Part part : parcel.parts()) {
      settlement.release(connection, part.row(), now);
      planner.holding().givenBack(moment, part.row());
    }
  }

  private static boolean isDone(Settlement.Attempt attempt) {
    return attempt.delivery().outcome().kind() == Outcome.Kind.DONE;
  }

  private void remember(Connection connection, Parcel.Part part, Settlement.Attempt attempt)
      throws SQLException {
    boolean worth =
        isDone(attempt)
            || attempt.delivery().outcome().kind() == Outcome.Kind.REJECTED
            || part.notification().attempt() == 1;
    if (shared.history().isPresent() && worth) {
      for (Notification each : each(part.notification())) {
        shared
            .history()
            .get()
            .delivery(
                connection,
                new NotificationRecord(each, endpoint, attempt.delivery(), attempt.at()));
      }
    }
  }

  /** What a group tells, of each member: dashboards know checks and series, not groups. */
  private static List<Notification> each(Notification told) {
    return told.members().isEmpty()
        ? List.of(told)
        : told.members().stream().map(member -> of(told, member)).toList();
  }

  private static Notification of(Notification told, Notification.Member member) {
    return new Notification(
        told.id(),
        told.rule(),
        member.incident(),
        told.step(),
        told.previous(),
        member.status(),
        told.at(),
        told.attempt(),
        told.possibleRepeat(),
        told.link(),
        told.receipt());
  }

  private void collected(Connection connection, Parcel.Part part, Parcel parcel)
      throws SQLException {
    Notification own = part.notification();
    String reason = "told together with %d others".formatted(parcel.parts().size() - 1);
    Moment moment = shared.planning().planner().at(connection, shared.now());
    About about = new About(own.incident().id(), own.id(), endpoint);
    Decided decided =
        Decided.of(DecisionKind.COLLECTED, own.rule(), reason).dueTo(parcel.notification().id());
    shared.tables().decisions().add(moment, about, decided);
  }
}
