package io.modelvane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists silences. */
@Command(
    name = "list",
    description = "List the silences that keep something back, or will.",
    mixinStandardHelpOptions = true)
final class SilenceListCommand implements Callable<Integer> {
  @Mixin private ApiArguments api = new ApiArguments();

  @Option(names = "--all", description = "Also those that ended in the last seven days.")
  private boolean all;

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
          JsonNode page = all(client);
          PrintWriter out = spec.commandLine().getOut();
          out.print(json ? page.toPrettyString() + System.lineSeparator() : table(page));
          out.flush();
          return ExitCode.DONE;
        });
  }

  private static JsonNode all(ApiClient client) throws ApiFailure, InterruptedException {
    Map<String, String> query = new HashMap<>(Map.of("limit", "1000"));
    JsonNode page = client.get("silences", query);
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    page.path("items").forEach(items::add);
    while (page.has("next")) {
      query.put("cursor", page.path("next").asText());
      page = client.get("silences", query);
      page.path("items").forEach(items::add);
    }
    return JsonNodeFactory.instance.objectNode().set("items", items);
  }

  private String table(JsonNode page) {
    TextTable table = new TextTable("ID", "STATE", "FROM", "UNTIL", "ABOUT", "BY", "WHY");
    int count = 0;
    for (JsonNode silence : page.path("items")) {
      String state = silence.path("state").asText();
      if (all || !state.equals("ended")) {
        count++;
        table.row(
            silence.path("id").asText(),
            state,
            silence.path("starts").asText(),
            silence.path(silence.has("ended") ? "ended" : "ends").asText(),
            about(silence.path("matchers")),
            silence.path("author").asText(),
            silence.path("comment").asText());
      }
    }
    return count == 0 ? "no silences" + System.lineSeparator() : table.toString();
  }

  private static String about(JsonNode matchers) {
    StringJoiner about = new StringJoiner(", ");
    matchers.properties().forEach(one -> about.add(one.getKey() + " " + one.getValue().asText()));
    return about.toString();
  }
}
