package io.modelvane.alerting.outbox;

import io.modelvane.alerting.outbox.Decisions.Decided;
import io.modelvane.alerting.rule.Judgement;
import io.modelvane.alerting.rule.Rules;
import io.modelvane.alerting.rule.Suppression;
import io.modelvane.spi.Incident;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Decides for one endpoint at a time whether it is told, or told later, or not at all. */
final class Desk {
  private final Rules rules;
  private final Tables tables;
  private final Mailing mailing;
  private final Clocks clocks;
  private final Grouping grouping;

  Desk(Rules rules, Tables tables) {
    this.rules = rules;
    this.tables = tables;
    this.mailing = new Mailing(tables);
    this.clocks = new Clocks(rules, tables);
    this.grouping = new Grouping(rules, tables, mailing, clocks);
  }

  /**
   * Tells an endpoint of what lasts, or keeps it back.
   *
   * @param given the notification's identity; empty for one of its own, if it is told
   * @return whether it is told
   */
  boolean tell(Moment moment, Wish wish, String given) throws SQLException {
    Judgement judgement = rules.judge(wish.rules(), moment.suppress(wish.incident()), moment.now());
    if (judgement.suppression().isPresent()) {
      keepBack(moment, wish, given, judgement.suppression().get());
      return false;
    }
    Optional<HeldRow> held = held(moment, wish);
    if (held.isPresent()) {
      tables.held().end(moment.connection(), held.get());
    }
    // Only what is told takes a number: else looking once more, after a restart, would change it.
    String id =
        given.isEmpty()
            ? tables.incidents().nextId(moment.connection(), wish.incident().id())
            : given;
    List<String> speaking =
        judgement.speaking().isEmpty() ? List.of(wish.firstRule()) : judgement.speaking();
    List<String> alone =
        speaking.stream().filter(rule -> alone(wish.incident(), rule, wish.endpoint())).toList();
    if (alone.isEmpty()) {
      grouping.join(moment, wish, speaking.get(0));
    } else { // a rule that does not wait for a group is not to wait for that of another
      mailing.send(moment, wish, alone.get(0), id);
      clocks.begin(moment, wish, alone);
    }
    return true;
  }

  private boolean alone(Incident incident, String rule, String endpoint) {
    return Groups.isGroup(incident.id()) || !grouping.isFor(rule, endpoint);
  }

  /** Whether a rule tells an endpoint of this incident itself, and not of its group. */
  boolean isTold(Incident incident, String rule, String endpoint) {
    return rules.tells(rule, endpoint) && alone(incident, rule, endpoint);
  }

  /** Groups of incidents, which this desk tells of. */
  Grouping grouping() {
    return grouping;
  }

  private Optional<HeldRow> held(Moment moment, Wish wish) throws SQLException {
    if (moment.isFresh(wish.incident().id())) {
      return Optional.empty();
    }
    return tables.held().of(moment.connection(), wish.incident().id()).stream()
        .filter(row -> row.endpoint().equals(wish.endpoint()))
        .findFirst();
  }

  private void keepBack(Moment moment, Wish wish, String id, Suppression suppression)
      throws SQLException {
    if (suppression.isForGood()) {
      tables
          .decisions()
          .add(moment, wish, id, Decided.of(DecisionKind.DROPPED, wish.firstRule(), suppression));
      return;
    }
    HeldRow row = HeldRow.of(wish, suppression, moment.now());
    Optional<HeldRow> earlier = held(moment, wish);
    HeldRow now = earlier.map(row::after).orElse(row);
    tables.held().put(moment.connection(), now);
    if (earlier.filter(now::isAsBefore).isEmpty()) {
      tables
          .decisions()
          .add(moment, wish, id, Decided.of(DecisionKind.HELD, wish.firstRule(), suppression));
    }
  }

  /** Tells an endpoint, whatever keeps other things back, and begins nothing. */
  void tellAlways(Moment moment, Wish wish, String id) throws SQLException {
    mailing.send(moment, wish, wish.firstRule(), id);
  }

  /** Tells of the end of what nobody was told of: if something keeps it back, not at all. */
  void tellEnd(Moment moment, Wish wish, String id) throws SQLException {
    Judgement judgement = rules.judge(wish.rules(), moment.suppress(wish.incident()), moment.now());
    if (judgement.suppression().isPresent()) {
      Suppression suppression = judgement.suppression().get();
      tables
          .decisions()
          .add(moment, wish, id, Decided.of(DecisionKind.DROPPED, wish.firstRule(), suppression));
    } else {
      mailing.send(moment, wish, judgement.speaking().get(0), id);
    }
  }

  /** What keeps back all the rules that ask for it. */
  Optional<Suppression> suppression(Moment moment, Wish wish) throws SQLException {
    return rules.judge(wish.rules(), moment.suppress(wish.incident()), moment.now()).suppression();
  }
}
