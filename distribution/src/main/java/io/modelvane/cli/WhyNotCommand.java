package io.modelvane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what stopped an alert. */
@Command(
    name = "why-not",
    description = "Say why a check has not alerted: what is pending, missing, late or kept back.",
    mixinStandardHelpOptions = true)
final class WhyNotCommand implements Callable<Integer> {
  @Mixin private ApiArguments api = new ApiArguments();

  @Option(names = "--check", required = true, paramLabel = "NAME", description = "The check.")
  private String check = "";

  @Option(
      names = "--series",
      paramLabel = "TAG=VALUE,...",
      description = "Tags the series has (default: all series, 20 at the most).")
  private @Nullable String series;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "The time in question, as 2026-03-01T12:00:00Z (default: now).")
  private @Nullable String at;

  @Option(names = "--json", description = "As JSON, as the API answers.")
  private boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    return api.run(spec.commandLine().getErr(), this::ask);
  }

  private int ask(ApiClient client) throws ApiFailure, InterruptedException {
    Map<String, String> query = new LinkedHashMap<>(Map.of("check", check));
    if (series != null) {
      query.put("series", series);
    }
    if (at != null) {
      query.put("at", at);
    }
    JsonNode answer = client.get("why-not", query);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(answer.toPrettyString());
    } else {
      print(answer, out);
    }
    out.flush();
    return answer.has("none") ? ExitCode.USAGE : ExitCode.DONE;
  }

  private static void print(JsonNode answer, PrintWriter out) {
    if (answer.has("none")) {
      out.println(answer.path("none").asText());
    }
    for (JsonNode one : answer.path("series")) {
      out.printf(
          "check %s on %s at %s: %s%n",
          answer.path("check").asText(),
          IncidentsCommand.series(one.path("series")),
          answer.path("at").asText(),
          one.path("level").asText());
      one.path("facts").forEach(fact -> out.println("  - " + fact.asText()));
    }
  }
}
