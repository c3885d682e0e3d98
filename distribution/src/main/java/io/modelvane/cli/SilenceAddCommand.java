package io.modelvane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a silence. */
@Command(
    name = "add",
    description = "Make a silence: modelvane silence add check=high 'model==~ credit-.*' --for 2h",
    mixinStandardHelpOptions = true)
final class SilenceAddCommand implements Callable<Integer> {
  @Mixin private ApiArguments api = new ApiArguments();

  @Parameters(
      arity = "1..*",
      paramLabel = "TAG=VALUE",
      description =
          "What it is about: tags and their values, or check=NAME. A value may begin with =, !=, =~"
              + " or !~ (regular expressions of the whole value).")
  private List<String> matchers = List.of();

  /** Until when. */
  static final class Length {
    @Option(names = "--for", paramLabel = "TIME", description = "How long: 30m, 2h, 1d.")
    private @Nullable String length;

    @Option(names = "--until", paramLabel = "TIME", description = "As 2026-03-01T12:00:00Z.")
    private @Nullable String until;
  }

  @ArgGroup(multiplicity = "1")
  private Length length = new Length();

  @Option(names = "--from", paramLabel = "TIME", description = "When it begins (default: now).")
  private @Nullable String from;

  @Mixin private RemarkArgument remark = new RemarkArgument();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    return api.run(spec.commandLine().getErr(), this::add);
  }

  private void demand(String matcher, ObjectNode demands) {
    int equals = matcher.indexOf('=');
    if (equals < 1) {
      throw wrong("'" + matcher + "' has to be TAG=VALUE");
    }
    String tag = matcher.substring(0, equals);
    if (demands.has(tag)) {
      throw wrong(
          "'%s' is given twice; for one of several values write '%s==~ a|b'".formatted(tag, tag));
    }
    demands.put(tag, matcher.substring(equals + 1));
  }

  private ParameterException wrong(String words) {
    return new ParameterException(spec.commandLine(), words);
  }

  private int add(ApiClient client) throws ApiFailure, InterruptedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode demands = body.putObject("matchers");
    matchers.forEach(matcher -> demand(matcher, demands));
    remark.into(body);
    if (from != null) {
      body.put("starts", from);
    }
    if (length.until != null) {
      body.put("ends", length.until);
    } else {
      body.put("for", length.length);
    }
    JsonNode made = client.post("silences", body);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "silence %s, %s until %s; it is about %d of the open incidents%n",
        made.path("id").asText(),
        made.path("state").asText(),
        made.path("ends").asText(),
        made.path("open_incidents").asInt());
    out.flush();
    return ExitCode.DONE;
  }
}
