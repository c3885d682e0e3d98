package io.modelvane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends a silence. */
@Command(
    name = "end",
    description = "End a silence before its time; what still lasts is told then.",
    mixinStandardHelpOptions = true)
final class SilenceEndCommand implements Callable<Integer> {
  @Mixin private ApiArguments api = new ApiArguments();

  @Parameters(paramLabel = "ID", description = "Its id.")
  private String id = "";

  @Mixin private AuthorArgument author = new AuthorArgument();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    return api.run(
        spec.commandLine().getErr(),
        client -> {
          JsonNode over =
              client.delete("silences/" + ApiClient.encode(id), Map.of("author", author.name()));
          PrintWriter out = spec.commandLine().getOut();
          out.printf("silence %s has ended%n", over.path("id").asText());
          out.flush();
          return ExitCode.DONE;
        });
  }
}
