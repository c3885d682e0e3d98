package io.modelvane.alerting.outbox;

import io.modelvane.alerting.rule.EscalationLevel;
import io.modelvane.alerting.rule.Rules;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Begins reminders and escalations when a rule has told somebody, and ends them. */
final class Clocks {
  private final Rules rules;
  private final Tables tables;

  Clocks(Rules rules, Tables tables) {
    this.rules = rules;
    this.tables = tables;
  }

  /**
   * Begins what rules want after they have told an endpoint; nothing when somebody sees to the
   * incident already.
   *
   * @param speaking the rules that told it
   */
  void begin(Moment moment, Wish wish, List<String> speaking) throws SQLException {
    String incident = wish.incident().id();
    List<String> own =
        speaking.stream().filter(rule -> rules.tells(rule, wish.endpoint())).toList();
    if (own.isEmpty() || moment.isAcknowledged(incident)) {
      return;
    }
    List<String> lasting = List.copyOf(rules.lasting(wish.incident()));
    for (String rule : own) {
      if (!lasting.contains(rule)) {
        continue;
      }
      Optional<Duration> next = rules.nextReminder(rule, 0);
      if (next.isPresent()) {
        Reminders.Timer timer = new Reminders.Timer(incident, rule, wish.endpoint(), 0);
        tables.reminders().set(moment.connection(), timer, moment.now().plus(next.get()));
      }
      escalate(moment, incident, rule);
    }
  }

  private void escalate(Moment moment, String incident, String rule) throws SQLException {
    List<EscalationLevel> levels = rules.escalation(rule);
    if (!levels.isEmpty()) {
      Escalations.Timer timer = new Escalations.Timer(incident, rule, 0, moment.now());
      tables
          .escalations()
          .begin(moment.connection(), timer, moment.now().plus(levels.get(0).after()));
    }
  }

  /** Ends what a rule wanted that is not about the incident any more. */
  void end(Moment moment, String incident, List<String> ended) throws SQLException {
    for (String rule : ended) {
      if (rules.nextReminder(rule, 0).isPresent()) {
        tables.reminders().end(moment.connection(), incident, rule);
      }
      if (!rules.escalation(rule).isEmpty()) {
        tables.escalations().end(moment.connection(), incident, rule);
      }
    }
  }

  /** Ends everything about an incident. */
  void endAll(Moment moment, String incident) throws SQLException {
    tables.reminders().endAll(moment.connection(), incident);
    tables.escalations().endAll(moment.connection(), incident);
  }
}
