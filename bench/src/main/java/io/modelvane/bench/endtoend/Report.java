package io.modelvane.bench.endtoend;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What was measured, as a Markdown table and as JSON. */
final class Report {
  private final List<Run> bare;
  private final Map<Scenario, List<Run>> runs;

  Report(List<Run> bare, Map<Scenario, List<Run>> runs) {
    this.bare = bare;
    this.runs = runs;
  }

  /** Prints the table; writes it into {@code page}, and all figures to a file. */
  void tell(Optional<Path> page, Optional<Path> json) throws IOException {
    System.out.println(table());
    if (page.isPresent()) {
      Page.write(page.get(), "end-to-end", table());
    }
    if (json.isPresent()) {
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(json.get().toFile(), figures());
    }
  }

  private String table() {
    StringBuilder table = new StringBuilder(500);
    table.append(
        "| | messages/s | CPU s per million | rate per CPU second, bare = 1 | peak RSS, MB |"
            + " first stored after, s |\n|---|---|---|---|---|---|\n");
    row(table, "bare poll loop", bare);
    runs.forEach((scenario, list) -> row(table, scenario.words(), list));
    return table.toString();
  }

  private void row(StringBuilder table, String words, List<Run> list) {
    boolean stores = Run.median(list, Run::firstSeconds) > 0;
    table.append(
        String.format(
            Locale.ROOT,
            "| %s | %s | %s | %.2f | %s | %s |%n",
            words,
            Run.spread(list, Run::rate, "%,.0f"),
            Run.spread(list, Run::cpuPerMillion, "%.2f"),
            ratio(list),
            Run.spread(list, Run::peak, "%.0f"),
            stores ? Run.spread(list, Run::firstSeconds, "%.1f") : ""));
  }

  /** The rate per CPU second, the bare loop's being 1. */
  private double ratio(List<Run> list) {
    return Run.median(bare, Run::cpuPerMillion) / Run.median(list, Run::cpuPerMillion);
  }

  /** The least ratio of any scenario. */
  double least() {
    return runs.values().stream().mapToDouble(this::ratio).min().orElse(1);
  }

  private Map<String, Object> figures() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("bare", bare);
    runs.forEach((scenario, list) -> all.put(scenario.name(), list));
    return all;
  }
}
