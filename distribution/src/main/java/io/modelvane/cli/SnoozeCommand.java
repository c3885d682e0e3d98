package io.modelvane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Quiet for one incident. */
@Command(
    name = "snooze",
    description = "Be quiet about one incident for a while; its end is told all the same.",
    mixinStandardHelpOptions = true)
final class SnoozeCommand implements Callable<Integer> {
  @Mixin private ApiArguments api = new ApiArguments();

  @Parameters(paramLabel = "INCIDENT", description = "Its id, or how it begins.")
  private String incident = "";

  /** Until when. */
  static final class Length {
    @Option(names = "--for", paramLabel = "TIME", description = "How long: 30m, 2h, 1d.")
    private @Nullable String length;

    @Option(names = "--until", paramLabel = "TIME", description = "As 2026-03-01T12:00:00Z.")
    private @Nullable String until;

    @Option(names = "--end", description = "No longer: end the snooze now.")
    private boolean end;
  }

  @ArgGroup(multiplicity = "1")
  private Length length = new Length();

  @Mixin private RemarkArgument remark = new RemarkArgument();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    return api.run(spec.commandLine().getErr(), this::snooze);
  }

  private int snooze(ApiClient client) throws ApiFailure, InterruptedException {
    ObjectNode body = remark.into(JsonNodeFactory.instance.objectNode());
    if (length.length != null) {
      body.put("for", length.length);
    } else if (length.until != null) {
      body.put("until", length.until);
    }
    String action = length.end ? "/wake" : "/snooze";
    JsonNode said = client.post("incidents/" + ApiClient.encode(incident) + action, body);
    PrintWriter out = spec.commandLine().getOut();
    String id = ApiArguments.shortId(said.path("id").asText());
    if (length.end) {
      out.println(id + " is not snoozed any more");
    } else {
      out.println(id + " is snoozed until " + said.path("snoozed").path("until").asText());
    }
    out.flush();
    return ExitCode.DONE;
  }
}
