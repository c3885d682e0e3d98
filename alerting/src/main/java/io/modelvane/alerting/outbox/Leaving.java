package io.modelvane.alerting.outbox;

import io.modelvane.alerting.outbox.Decisions.Decided;
import io.modelvane.alerting.outbox.Groups.Group;
import io.modelvane.alerting.outbox.OutboxRows.Ending;
import io.modelvane.alerting.rule.Suppression;
import io.modelvane.spi.Incident;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification.Member;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Takes members that are kept back from now on out of a message about their group that waits. Those
 * that were told of before stay: whoever heard of them hears of their end. A group without members
 * begins anew with whoever joins next.
 */
final class Leaving {
  private static final String REASON = "all that it would tell of is kept back";

  private final Tables tables;
  private final Clocks clocks;
  private final Grouping grouping;

  Leaving(Tables tables, Clocks clocks, Grouping grouping) {
    this.tables = tables;
    this.clocks = clocks;
    this.grouping = grouping;
  }

  /**
   * Does it.
   *
   * @param row the message, never tried
   */
  void run(Moment moment, OutboxRow row) throws SQLException {
    String id = row.target().incident();
    Instant told = lastTold(moment, row.target());
    boolean left = false;
    for (Incident member : tables.groups().joinedAfter(moment.connection(), id, told)) {
      Optional<Suppression> suppression = moment.suppress(member);
      if (suppression.isPresent()) {
        keepBack(moment, row, member, suppression.get());
        left = true;
      }
    }
    Optional<Group> group = tables.groups().find(moment.connection(), id);
    if (left && group.isPresent()) {
      rest(moment, row, group.get());
    }
  }

  /** Of what was told long ago, the messages are not kept. */
  private Instant lastTold(Moment moment, OutboxRow.Target target) throws SQLException {
    Instant told = tables.rows().waiting().lastTold(moment.connection(), target.incident());
    boolean forgotten =
        told.equals(Instant.EPOCH)
            && tables
                .incidents()
                .told(moment.connection(), target.incident())
                .containsKey(target.endpoint());
    return forgotten ? moment.now().minus(Timekeeper.KEPT) : told;
  }

  private void rest(Moment moment, OutboxRow row, Group group) throws SQLException {
    Instant told = tables.rows().waiting().lastSent(moment.connection(), group.id());
    List<Member> members = tables.groups().members(moment.connection(), group.id());
    if (members.isEmpty()) {
      end(moment, row);
      clocks.endAll(moment, group.id());
      tables.incidents().close(moment.connection(), group.id(), moment.now());
    } else if (!tables.groups().movedAfter(moment.connection(), group.id(), told)) {
      end(moment, row); // those that are left have been told of as they stand
      tables.groups().put(moment.connection(), group.at(told));
      grouping.stands(moment, group, members);
    } else {
      grouping.stands(moment, group, members);
    }
  }

  private void keepBack(Moment moment, OutboxRow row, Incident member, Suppression suppression)
      throws SQLException {
    tables.groups().leave(moment.connection(), row.target().incident(), member.id());
    Wish wish =
        new Wish(
            member, row.target().endpoint(), List.of(row.rule()), IncidentStep.OPENED, Level.OK);
    tables.held().put(moment.connection(), HeldRow.of(wish, suppression, moment.now()));
    tables
        .decisions()
        .add(moment, wish, row.id(), Decided.of(DecisionKind.HELD, row.rule(), suppression));
  }

  private void end(Moment moment, OutboxRow row) throws SQLException {
    tables
        .rows()
        .end(moment.connection(), row, new Ending(RowState.CANCELLED, moment.now(), REASON));
  }
}
