package io.modelvane.alerting.outbox;

import io.modelvane.alerting.outbox.Groups.Group;
import io.modelvane.alerting.rule.Rules;
import io.modelvane.spi.Incident;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Begins what rules of another configuration want of incidents that were told before it: a rule
 * that was renamed, or that reminds or escalates from now on, does so of what lasts as well.
 */
final class ChangedRules {
  private final Rules rules;
  private final Tables tables;
  private final Clocks clocks;

  ChangedRules(Rules rules, Tables tables) {
    this.rules = rules;
    this.tables = tables;
    this.clocks = new Clocks(rules, tables);
  }

  /** Does it; nothing when the rules are as they were. */
  void run(Moment moment) throws SQLException {
    Set<String> more = tables.planned().lastRules().replace(moment.connection(), rules);
    if (more.isEmpty()) {
      return;
    }
    Map<String, Group> groups = new LinkedHashMap<>();
    for (Incident incident : tables.incidents().open(moment.connection())) {
      begin(moment, incident, more);
      for (Group group : tables.groups().with(moment.connection(), incident.id())) {
        groups.putIfAbsent(group.id(), group);
        adopt(moment, group, incident);
      }
    }
    for (String group : groups.keySet()) {
      Optional<Incidents.Known> known = tables.incidents().find(moment.connection(), group);
      if (known.isPresent()) {
        begin(moment, known.get().incident(), more);
      }
    }
  }

  /** A group whose rule is gone goes on by one that would tell the same endpoint of a group. */
  private void adopt(Moment moment, Group group, Incident member) throws SQLException {
    Optional<String> heir =
        rules.lasting(member).stream()
            .filter(rule -> rules.group(rule).isPresent() && rules.tells(rule, group.endpoint()))
            .findFirst();
    if (!rules.contains(group.rule()) && heir.isPresent()) {
      tables
          .groups()
          .put(
              moment.connection(),
              new Group(group.id(), group.key(), heir.get(), group.endpoint(), group.toldAt()));
    }
  }

  private void begin(Moment moment, Incident incident, Set<String> more) throws SQLException {
    Set<String> lasting = tables.groups().lasting(moment.connection(), rules, incident);
    boolean group = Groups.isGroup(incident.id());
    for (String endpoint : Standing.read(moment, tables, incident.id()).informed().keySet()) {
      for (String rule : lasting) {
        boolean alone = group || rules.group(rule).isEmpty();
        if (alone && more.contains(rule) && rules.tells(rule, endpoint)) {
          clocks.beginLater(moment, incident.id(), rule, endpoint);
        }
      }
    }
  }
}
