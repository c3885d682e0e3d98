package io.modelvane.alerting.outbox;

import io.modelvane.alerting.outbox.Decisions.About;
import io.modelvane.alerting.outbox.Decisions.Decided;
import io.modelvane.alerting.outbox.Groups.Group;
import io.modelvane.alerting.response.Response.Acknowledgement;
import io.modelvane.spi.Incident;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Notification.Member;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether somebody sees to a group: as soon as somebody sees to each member that is not over. */
final class GroupAttention {
  private final Tables tables;
  private final Mailing mailing;
  private final Clocks clocks;

  GroupAttention(Tables tables, Mailing mailing, Clocks clocks) {
    this.tables = tables;
    this.mailing = mailing;
    this.clocks = clocks;
  }

  /** Ends the group's clocks, and tells those who heard of it, when each member is seen to. */
  void look(Moment moment, Group group) throws SQLException {
    if (moment.isAcknowledged(group.id())) {
      return;
    }
    Optional<Acknowledgement> said = last(moment, group);
    Optional<Incident> incident =
        tables.incidents().find(moment.connection(), group.id()).map(Incidents.Known::incident);
    if (said.isPresent() && incident.isPresent()) {
      moment.acknowledge(group.id(), said.get());
      clocks.park(moment, group.id());
      String reason = "somebody sees to each of its incidents";
      String author = said.get().remark().author();
      decided(moment, group, Decided.by(DecisionKind.ACKNOWLEDGED, author, reason));
      tell(moment, incident.get());
    }
  }

  /** What was said last to the members; empty when nobody sees to one of them. */
  private Optional<Acknowledgement> last(Moment moment, Group group) throws SQLException {
    Optional<Acknowledgement> last = Optional.empty();
    for (Member member : tables.groups().members(moment.connection(), group.id())) {
      Optional<Acknowledgement> said = moment.acknowledgement(member.incident().id());
      if (said.isEmpty()) {
        return said;
      }
      Instant latest = last.map(Acknowledgement::at).orElse(Instant.MIN);
      last = said.get().at().isBefore(latest) ? last : said;
    }
    return last;
  }

  private void tell(Moment moment, Incident group) throws SQLException {
    Standing standing = Standing.read(moment, tables, group.id());
    String id = tables.incidents().nextId(moment.connection(), group.id());
    for (Map.Entry<String, String> told : standing.told().entrySet()) {
      if (standing.live(told.getKey()).isEmpty()) {
        List<String> rule = told.getValue().isEmpty() ? List.of() : List.of(told.getValue());
        Wish wish = new Wish(group, told.getKey(), rule, IncidentStep.ACKNOWLEDGED, group.level());
        mailing.send(moment, wish, told.getValue(), id);
      }
    }
  }

  /** A member has joined: nobody sees to the group any more, unless somebody sees to that one. */
  void joined(Moment moment, Group group, Incident member) throws SQLException {
    if (!moment.isAcknowledged(member.id())) {
      var unused = unacknowledge(moment, group, "", "nobody sees to incident " + member.id());
    }
  }

  /** Nobody sees to one of its members any more; whether somebody saw to the group. */
  boolean unacknowledge(Moment moment, Group group, String author, String reason)
      throws SQLException {
    boolean was = moment.unacknowledge(group.id());
    if (was) {
      decided(moment, group, Decided.by(DecisionKind.UNACKNOWLEDGED, author, reason));
    }
    return was;
  }

  private void decided(Moment moment, Group group, Decided decided) throws SQLException {
    tables.decisions().add(moment, About.incident(group.id()), decided);
  }
}
