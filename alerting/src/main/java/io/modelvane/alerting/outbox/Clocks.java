package io.modelvane.alerting.outbox;

import io.modelvane.alerting.rule.EscalationLevel;
import io.modelvane.alerting.rule.Rules;
import io.modelvane.spi.Incident;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Begins reminders and escalations when a rule has told somebody, and ends them. */
final class Clocks {
  /** When nothing more is due, until the incident ends. */
  static final Instant OVER = Instant.ofEpochMilli(Long.MAX_VALUE);

  /** When it is due while somebody sees to the incident. */
  static final Instant PARKED = OVER.minusMillis(1);

  private final Rules rules;
  private final Tables tables;

  Clocks(Rules rules, Tables tables) {
    this.rules = rules;
    this.tables = tables;
  }

  /**
   * Begins what rules want after they have told an endpoint. While somebody sees to the incident it
   * waits for nobody to do so.
   *
   * @param speaking the rules that told it
   */
  void begin(Moment moment, Wish wish, List<String> speaking) throws SQLException {
    String incident = wish.incident().id();
    List<String> own =
        speaking.stream().filter(rule -> rules.tells(rule, wish.endpoint())).toList();
    if (own.isEmpty()) {
      return;
    }
    boolean acknowledged = moment.isAcknowledged(incident);
    List<String> lasting =
        List.copyOf(tables.groups().lasting(moment.connection(), rules, wish.incident()));
    for (String rule : own) {
      if (!lasting.contains(rule)) {
        continue;
      }
      Optional<Duration> next = rules.nextReminder(rule, 0);
      if (next.isPresent()) {
        Reminders.Timer timer = new Reminders.Timer(incident, rule, wish.endpoint(), 0);
        Instant due = acknowledged ? PARKED : moment.now().plus(next.get());
        tables.reminders().set(moment.connection(), timer, due);
      }
      escalate(moment, incident, rule, acknowledged);
    }
  }

  /** Begins what a rule wants of an endpoint that was told before, where it has not begun. */
  void beginLater(Moment moment, String incident, String rule, String endpoint)
      throws SQLException {
    boolean acknowledged = moment.isAcknowledged(incident);
    Optional<Duration> next = rules.nextReminder(rule, 0);
    if (next.isPresent()) {
      Reminders.Timer timer = new Reminders.Timer(incident, rule, endpoint, 0);
      Instant due = acknowledged ? PARKED : moment.now().plus(next.get());
      tables.reminders().begin(moment.connection(), timer, due);
    }
    if (acknowledged || !inherit(moment, incident, rule)) {
      escalate(moment, incident, rule, acknowledged);
    }
  }

  /**
   * An escalation goes on where that of a rule stood which is not there any more: the same rule by
   * another name, most likely.
   *
   * @return whether there was one
   */
  private boolean inherit(Moment moment, String incident, String rule) throws SQLException {
    List<EscalationLevel> levels = rules.escalation(rule);
    List<Escalations.Waiting> all = tables.escalations().all(moment.connection(), incident);
    boolean begun = all.stream().anyMatch(each -> each.timer().rule().equals(rule));
    Optional<Escalations.Waiting> left =
        all.stream()
            .filter(each -> !rules.contains(each.timer().rule()) && !each.due().equals(PARKED))
            .min(Comparator.comparing(each -> !each.due().equals(due(levels, each.timer()))));
    if (begun || levels.isEmpty() || left.isEmpty()) {
      return false;
    }
    Escalations.Timer before = left.get().timer();
    int level = Math.min(before.level(), levels.size());
    Escalations.Timer timer = new Escalations.Timer(incident, rule, level, before.begun());
    tables.escalations().end(moment.connection(), incident, before.rule());
    tables.escalations().set(moment.connection(), timer, due(levels, timer));
    return true;
  }

  /** When a level is due unless somebody sees to the incident before. */
  private static Instant due(List<EscalationLevel> levels, Escalations.Timer timer) {
    return timer.level() < levels.size()
        ? timer.begun().plus(levels.get(timer.level()).after())
        : OVER;
  }

  private void escalate(Moment moment, String incident, String rule, boolean acknowledged)
      throws SQLException {
    List<EscalationLevel> levels = rules.escalation(rule);
    if (!levels.isEmpty()) {
      Instant due = acknowledged ? PARKED : moment.now().plus(levels.get(0).after());
      Escalations.Timer timer = new Escalations.Timer(incident, rule, 0, moment.now());
      tables.escalations().begin(moment.connection(), timer, due);
    }
  }

  /** Somebody sees to an incident: what rules that told somebody want waits. */
  void park(Moment moment, String incident) throws SQLException {
    tables.reminders().park(moment.connection(), incident);
    tables.escalations().park(moment.connection(), incident);
  }

  /** Nobody sees to an incident any more: what waited begins anew. */
  void resume(Moment moment, Incident incident) throws SQLException {
    Set<String> lasting = tables.groups().lasting(moment.connection(), rules, incident);
    for (Reminders.Timer timer : tables.reminders().parked(moment.connection(), incident.id())) {
      Optional<Duration> next = rules.nextReminder(timer.rule(), 0);
      boolean wanted =
          lasting.contains(timer.rule()) && rules.tells(timer.rule(), timer.endpoint());
      if (wanted && next.isPresent()) {
        tables.reminders().set(moment.connection(), timer, moment.now().plus(next.get()));
      } else {
        tables.reminders().end(moment.connection(), timer);
      }
    }
    for (String rule : tables.escalations().parked(moment.connection(), incident.id())) {
      List<EscalationLevel> levels = rules.escalation(rule);
      if (lasting.contains(rule) && !levels.isEmpty()) {
        Escalations.Timer timer = new Escalations.Timer(incident.id(), rule, 0, moment.now());
        tables
            .escalations()
            .set(moment.connection(), timer, moment.now().plus(levels.get(0).after()));
      } else {
        tables.escalations().end(moment.connection(), incident.id(), rule);
      }
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
