package io.modelvane.influx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The template in {@code modelvane.yml}, which is also what {@code influx apply} takes: one source
 * for both ways.
 *
 * @param variables in the order in which they depend on each other
 * @param name of the dashboard
 * @param description of the dashboard
 * @param charts its cells
 */
record DashboardTemplate(
    List<Variable> variables, String name, String description, List<Chart> charts) {
  private static final String FILE = "modelvane.yml";

  /** The variable that names the bucket. */
  static final String BUCKET = "modelvane_bucket";

  /**
   * A variable of dashboards.
   *
   * @param query in Flux; empty for a constant
   */
  record Variable(String name, String description, String query) {}

  /** A cell. */
  record Chart(
      Kind kind, String name, String note, Place place, int decimals, List<String> queries) {
    Chart {
      queries = List.copyOf(queries);
    }
  }

  /** The kinds of cells the template has. */
  enum Kind {
    SINGLE_STAT_PLUS_LINE,
    SINGLE_STAT,
    XY,
    TABLE
  }

  /** Where a cell stands, in columns (of 12) and rows. */
  record Place(int x, int y, int width, int height) {}

  DashboardTemplate {
    variables = List.copyOf(variables);
    charts = List.copyOf(charts);
  }

  /** The file's text. */
  static String text() {
    try (InputStream in =
        Objects.requireNonNull(DashboardTemplate.class.getResourceAsStream(FILE), FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + FILE, unreadable);
    }
  }

  static DashboardTemplate load() {
    List<Variable> variables = new ArrayList<>();
    Map<?, ?> dashboard = Map.of();
    for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(text())) {
      Map<?, ?> resource = (Map<?, ?>) document;
      Map<?, ?> spec = map(resource, "spec");
      switch (string(resource, "kind")) {
        case "Variable" ->
            variables.add(
                new Variable(
                    string(spec, "name"),
                    string(spec, "description"),
                    spec.containsKey("query") ? string(spec, "query") : ""));
        case "Dashboard" -> dashboard = spec;
        default -> {}
      }
    }
    List<Chart> charts = list(dashboard, "charts").stream().map(c -> chart((Map<?, ?>) c)).toList();
    return new DashboardTemplate(
        variables, string(dashboard, "name"), string(dashboard, "description"), charts);
  }

  private static Chart chart(Map<?, ?> chart) {
    return new Chart(
        Kind.valueOf(string(chart, "kind").toUpperCase(java.util.Locale.ROOT)),
        string(chart, "name"),
        string(chart, "note"),
        new Place(
            number(chart, "xPos"),
            number(chart, "yPos"),
            number(chart, "width"),
            number(chart, "height")),
        number(chart, "decimalPlaces"),
        list(chart, "queries").stream().map(q -> string((Map<?, ?>) q, "query")).toList());
  }

  private static Object value(Map<?, ?> map, String key) {
    return Objects.requireNonNull(map.get(key), () -> "no " + key + " in " + FILE);
  }

  private static String string(Map<?, ?> map, String key) {
    return (String) value(map, key);
  }

  private static int number(Map<?, ?> map, String key) {
    return (Integer) value(map, key);
  }

  private static Map<?, ?> map(Map<?, ?> map, String key) {
    return (Map<?, ?>) value(map, key);
  }

  private static List<?> list(Map<?, ?> map, String key) {
    return (List<?>) value(map, key);
  }
}
