package io.modelvane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells the story of an incident. */
@Command(
    name = "why",
    description = "Tell the story of an incident: what was found, who was told, who was not.",
    mixinStandardHelpOptions = true)
final class WhyCommand implements Callable<Integer> {
  @Mixin private ApiArguments api = new ApiArguments();

  @Parameters(paramLabel = "INCIDENT", description = "Its id, or how it begins.")
  private String incident = "";

  @Option(names = "--json", description = "As JSON, as the API answers.")
  private boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    return api.run(
        spec.commandLine().getErr(),
        client -> {
          JsonNode story = client.get("incidents/" + ApiClient.encode(incident) + "/why", Map.of());
          PrintWriter out = spec.commandLine().getOut();
          out.print(json ? story.toPrettyString() + System.lineSeparator() : text(story));
          out.flush();
          return ExitCode.DONE;
        });
  }

  private static String text(JsonNode story) {
    JsonNode incident = story.path("incident");
    StringBuilder text =
        new StringBuilder(
            "%s: check %s on %s, %s%n"
                .formatted(
                    incident.path("id").asText(),
                    incident.path("check").asText(),
                    IncidentsCommand.series(incident.path("series")),
                    incident.has("ended")
                        ? "over since " + incident.path("ended").asText()
                        : "at " + incident.path("level").asText()));
    TextTable table = TextTable.ofStories("TIME", "WHAT");
    for (JsonNode chapter : story.path("story")) {
      table.row(chapter.path("time").asText(), chapter.path("text").asText());
    }
    return text.append(table).toString();
  }
}
