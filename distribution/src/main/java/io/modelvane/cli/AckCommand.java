package io.modelvane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says that somebody sees to an incident. */
@Command(
    name = "ack",
    description = "Say that somebody sees to an incident: no more reminders and escalation of it.",
    mixinStandardHelpOptions = true)
final class AckCommand implements Callable<Integer> {
  @Mixin private ApiArguments api = new ApiArguments();

  @Parameters(paramLabel = "INCIDENT", description = "Its id, or how it begins.")
  private String incident = "";

  @Mixin private AuthorArgument author = new AuthorArgument();

  @Option(
      names = "--undo",
      description = "Take it back: who was told hears that it lasts, and reminders begin anew.")
  private boolean undo;

  @Option(names = "--comment", paramLabel = "TEXT", description = "What is being done.")
  private String comment = "";

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    return api.run(
        spec.commandLine().getErr(),
        client -> {
          JsonNode said =
              client.post(
                  "incidents/"
                      + ApiClient.encode(incident)
                      + (undo ? "/unacknowledge" : "/acknowledge"),
                  JsonNodeFactory.instance
                      .objectNode()
                      .put("author", author.name())
                      .put("comment", comment));
          PrintWriter out = spec.commandLine().getOut();
          out.printf(
              "%s %s: %s, %s%n",
              ApiArguments.shortId(said.path("id").asText()),
              undo
                  ? "is not acknowledged any more"
                  : "acknowledged by " + said.path("acknowledged").path("author").asText(),
              said.path("check").asText(),
              said.path("status").path("message").asText());
          out.flush();
          return ExitCode.DONE;
        });
  }
}
