package io.modelvane.alerting.outbox;

import io.modelvane.alerting.outbox.Decisions.Decided;
import io.modelvane.alerting.rule.Judgement;
import io.modelvane.alerting.rule.Rules;
import io.modelvane.alerting.rule.Suppression;
import java.sql.SQLException;
import java.util.Optional;

/** Decides for one endpoint at a time whether it is told, or told later, or not at all. */
final class Desk {
  private final Rules rules;
  private final Tables tables;
  private final Mailing mailing;
  private final Clocks clocks;

  Desk(Rules rules, Tables tables) {
    this.rules = rules;
    this.tables = tables;
    this.mailing = new Mailing(tables);
    this.clocks = new Clocks(rules, tables);
  }

  /**
   * Tells an endpoint of what lasts, or keeps it back.
   *
   * @param id the notification's identity
   * @return whether it is told
   */
  boolean tell(Moment moment, Wish wish, String id) throws SQLException {
    Judgement judgement = rules.judge(wish.rules(), moment.suppress(wish.incident()), moment.now());
    if (judgement.suppression().isPresent()) {
      keepBack(moment, wish, id, judgement.suppression().get());
      return false;
    }
    Optional<HeldRow> held = held(moment, wish);
    if (held.isPresent()) {
      tables.held().end(moment.connection(), held.get());
    }
    String rule = judgement.speaking().isEmpty() ? wish.firstRule() : judgement.speaking().get(0);
    mailing.send(moment, wish, rule, id);
    clocks.begin(moment, wish, judgement.speaking());
    return true;
  }

  private Optional<HeldRow> held(Moment moment, Wish wish) throws SQLException {
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
