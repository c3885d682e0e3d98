package io.modelvane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends an incident by hand. */
@Command(
    name = "close",
    description =
        "End an incident by hand that nothing ends any more; who was told hears of the end, and the"
            + " next bad verdict opens another.",
    mixinStandardHelpOptions = true)
final class CloseCommand implements Callable<Integer> {
  @Mixin private ApiArguments api = new ApiArguments();

  @Parameters(paramLabel = "INCIDENT", description = "Its id, or how it begins.")
  private String incident = "";

  @Mixin private RemarkArgument remark = new RemarkArgument();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    return api.run(
        spec.commandLine().getErr(),
        client -> {
          JsonNode over =
              client.post(
                  "incidents/" + ApiClient.encode(incident) + "/close",
                  remark.into(JsonNodeFactory.instance.objectNode()));
          PrintWriter out = spec.commandLine().getOut();
          out.printf(
              "%s %s: %s%n",
              ApiArguments.shortId(over.path("id").asText()),
              over.path("status").path("message").asText(),
              over.path("check").asText());
          out.flush();
          return ExitCode.DONE;
        });
  }
}
