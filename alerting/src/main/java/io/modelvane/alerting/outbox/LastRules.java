package io.modelvane.alerting.outbox;

import io.modelvane.alerting.rule.Rules;
import io.modelvane.alerting.sql.Sql;
import io.modelvane.spi.StateStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What rules wanted beyond telling when the outbox started last: another configuration shows. */
final class LastRules {
  private static final int REMINDS = 1;
  private static final int ESCALATES = 2;

  private final String table;

  LastRules(StateStore store) {
    this.table = store.table("outbox_rules");
  }

  List<String> steps() {
    return List.of(
        "CREATE TABLE " + table + " (rule TEXT PRIMARY KEY, wants INTEGER NOT NULL) WITHOUT ROWID");
  }

  /**
   * Keeps what rules want now.
   *
   * @return those that remind or escalate and did not before; none when nothing is known of before
   */
  Set<String> replace(Connection connection, Rules rules) throws SQLException {
    Map<String, Integer> before = new HashMap<>();
    Sql.of("SELECT rule, wants FROM " + table)
        .list(connection, row -> Map.entry(row.getString(1), row.getInt(2)))
        .forEach(rule -> before.put(rule.getKey(), rule.getValue()));
    Sql.of("DELETE FROM " + table).update(connection);
    Set<String> more = new LinkedHashSet<>();
    for (String rule : rules.names()) {
      int wants = wants(rules, rule);
      Sql.of("INSERT INTO " + table + " VALUES (?,?)", rule, wants).update(connection);
      if (!before.isEmpty() && (wants & ~before.getOrDefault(rule, 0)) != 0) {
        more.add(rule);
      }
    }
    return more;
  }

  private static int wants(Rules rules, String rule) {
    return (rules.nextReminder(rule, 0).isPresent() ? REMINDS : 0)
        | (rules.escalation(rule).isEmpty() ? 0 : ESCALATES);
  }
}
