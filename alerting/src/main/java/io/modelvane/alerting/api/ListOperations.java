package io.modelvane.alerting.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.alerting.check.Check;
import io.modelvane.alerting.outbox.OutboxView;
import io.modelvane.alerting.outbox.OutboxView.Planned;
import io.modelvane.alerting.sql.Sql;
import io.modelvane.alerting.why.Verdict;
import io.modelvane.spi.ApiResponse;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Level;
import io.modelvane.spi.StateStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/** {@code /statuses}, {@code /notifications} and {@code /checks}: what can only be looked at. */
final class ListOperations {
  private final StateStore store;
  private final OutboxView outbox;
  private final AlertingApi.Subjects subjects;
  private final String instances;
  private final String openIncidents;

  ListOperations(ComponentContext context, OutboxView outbox, AlertingApi.Subjects subjects) {
    this.store = context.state();
    this.outbox = outbox;
    this.subjects = subjects;
    this.instances = store.table("instances");
    this.openIncidents = store.table("open_incidents");
  }

  List<Route> routes() {
    Set<String> statuses = Set.of("check", "level", "incident", "limit", "cursor");
    Set<String> notifications = Set.of("endpoint", "incident", "state", "limit", "cursor");
    return List.of(
        Route.of("GET statuses", statuses, this::statuses),
        Route.of("GET notifications", notifications, this::notifications),
        Route.of("GET checks", Set.of(), call -> checks()));
  }

  private static boolean fits(Optional<String> wanted, String given) {
    return wanted.isEmpty() || wanted.get().equals(given);
  }

  private ApiResponse statuses(Call call) throws Refusal, ComponentException {
    Optional<String> check = call.parameter("check");
    Optional<String> incident = call.parameter("incident");
    Optional<Level> level = call.parameter("level", Level.class);
    Predicate<Verdict> wanted =
        verdict ->
            fits(check, verdict.status().check())
                && fits(incident, verdict.incident())
                && level.filter(one -> one != verdict.status().level()).isEmpty();
    int limit = call.limit();
    OptionalLong cursor = call.cursor();
    List<Verdict> found =
        store.read(connection -> subjects.chronicle().list(connection, cursor, limit + 1, wanted));
    return Json.page(found, limit, Verdict::seq, Json::verdict);
  }

  private ApiResponse notifications(Call call) throws Refusal, ComponentException {
    Optional<String> endpoint = call.parameter("endpoint");
    Optional<String> incident = call.parameter("incident");
    Optional<String> state = call.parameter("state").map(text -> text.toLowerCase(Locale.ROOT));
    Predicate<Planned> wanted =
        planned ->
            fits(endpoint, planned.told().endpoint())
                && fits(incident, planned.told().incident())
                && fits(state, planned.fate().state());
    int limit = call.limit();
    OptionalLong cursor = call.cursor();
    List<Planned> found =
        store.read(
            connection ->
                outbox.notifications(connection, new OutboxView.Slice(cursor, limit + 1), wanted));
    return Json.page(found, limit, Planned::seq, Json::notification);
  }

  private ApiResponse checks() throws ComponentException {
    List<ObjectNode> found =
        store.read(
            connection -> {
              Map<String, Long> series = series(connection);
              Map<String, ObjectNode> open = open(connection);
              List<ObjectNode> all = new ArrayList<>();
              for (Check check : subjects.checks()) {
                all.add(check(check, series, open));
              }
              return all;
            });
    return Json.all(found, node -> node);
  }

  private static ObjectNode check(
      Check check, Map<String, Long> series, Map<String, ObjectNode> open) {
    ObjectNode node =
        Json.object()
            .put("name", check.name())
            .put("type", check.type())
            .put("definition", check.definition())
            .put("series_with_state", series.getOrDefault(check.name(), 0L));
    node.set("open_incidents", open.getOrDefault(check.name(), Json.object()));
    return node;
  }

  private Map<String, Long> series(Connection connection) throws SQLException {
    Map<String, Long> counts = new HashMap<>();
    Sql.of("SELECT check_name, COUNT(*) FROM " + instances + " GROUP BY check_name")
        .list(connection, row -> Map.entry(row.getString(1), row.getLong(2)))
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }

  private record Count(String check, String level, long number) {}

  private Map<String, ObjectNode> open(Connection connection) throws SQLException {
    Map<String, ObjectNode> counts = new HashMap<>();
    String sql =
        "SELECT check_name, level, COUNT(*) FROM " + openIncidents + " GROUP BY check_name, level";
    Sql.of(sql)
        .list(
            connection,
            row ->
                new Count(row.getString(1), Level.valueOf(row.getString(2)).text(), row.getLong(3)))
        .forEach(
            count ->
                counts
                    .computeIfAbsent(count.check(), name -> Json.object())
                    .put(count.level(), count.number()));
    return counts;
  }
}
