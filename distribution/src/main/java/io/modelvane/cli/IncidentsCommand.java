package io.modelvane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists incidents of a running Modelvane. */
@Command(
    name = "incidents",
    description = "List the incidents of a running Modelvane, the last opened first.",
    mixinStandardHelpOptions = true)
final class IncidentsCommand implements Callable<Integer> {
  @Mixin private ApiArguments api = new ApiArguments();

  /** Which incidents. */
  static final class Which {
    @Option(names = "--open", description = "Those that are open; if nothing is said.")
    @SuppressWarnings("UnusedVariable") // for those who like to say it, and to exclude the others
    private boolean open;

    @Option(names = "--ended", description = "Those that ended in the last seven days.")
    private boolean ended;

    @Option(names = "--all", description = "Both.")
    private boolean all;

    String state() {
      return all ? "any" : ended ? "ended" : "open";
    }
  }

  @ArgGroup private Which which = new Which();

  @Option(names = "--check", paramLabel = "NAME", description = "Only of this check.")
  private @Nullable String check;

  @Option(names = "--level", paramLabel = "LEVEL", description = "Only at this level.")
  private @Nullable String level;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "So many at the most (default: 100).")
  private int limit;

  @Option(names = "--json", description = "As JSON, as the API answers.")
  private boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    return api.run(spec.commandLine().getErr(), this::list);
  }

  private int list(ApiClient client) throws ApiFailure, InterruptedException {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("state", which.state());
    query.put("limit", Integer.toString(limit));
    if (check != null) {
      query.put("check", check);
    }
    if (level != null) {
      query.put("level", level);
    }
    JsonNode page = client.get("incidents", query);
    if (check != null && page.path("items").isEmpty()) {
      demandCheck(client, check);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? page.toPrettyString() + System.lineSeparator() : table(page));
    out.flush();
    return ExitCode.DONE;
  }

  /** Nothing of a check is good news only where there is that check. */
  private static void demandCheck(ApiClient client, String check)
      throws ApiFailure, InterruptedException {
    Set<String> known = new TreeSet<>();
    client
        .get("checks", Map.of())
        .path("items")
        .forEach(one -> known.add(one.path("name").asText()));
    if (!known.contains(check)) {
      throw new ApiFailure(
          ExitCode.USAGE,
          "there is no check '%s'; there are %s".formatted(check, String.join(", ", known)));
    }
  }

  private String table(JsonNode page) {
    if (page.path("items").isEmpty()) {
      return "no incidents" + System.lineSeparator();
    }
    TextTable table = new TextTable("ID", "LEVEL", "SINCE", "CHECK", "SERIES", "WHAT");
    for (JsonNode incident : page.path("items")) {
      table.row(
          ApiArguments.shortId(incident.path("id").asText()),
          level(incident),
          incident.path("since").asText(),
          incident.path("check").asText(),
          series(incident.path("series")),
          incident.path("status").path("message").asText());
    }
    String more = page.has("next") ? "there are more; raise --limit" + System.lineSeparator() : "";
    return table + more;
  }

  private static String level(JsonNode incident) {
    if (incident.path("state").asText().equals("ended")) {
      return "ended";
    }
    String level = incident.path("level").asText();
    if (incident.has("snoozed")) {
      return level + " (snoozed)";
    }
    return incident.has("acknowledged") ? level + " (acked)" : level;
  }

  /** {@code calls,model=a}, as {@code why-not --series} takes it. */
  static String series(JsonNode series) {
    StringBuilder text = new StringBuilder(series.path("measurement").asText());
    series
        .path("tags")
        .properties()
        .forEach(
            tag ->
                text.append(',').append(tag.getKey()).append('=').append(tag.getValue().asText()));
    return text.toString();
  }
}
