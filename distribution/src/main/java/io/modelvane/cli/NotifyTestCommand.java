package io.modelvane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.modelvane.engine.NotifierTrial;
import io.modelvane.engine.config.Configuration;
import io.modelvane.engine.config.ConfigurationLoader;
import io.modelvane.engine.config.Loaded;
import io.modelvane.engine.plugin.PluginHost;
import io.modelvane.engine.words.Words;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Outcome;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Sends a test message to an endpoint: through the running Modelvane, or, when none runs and there
 * is its configuration, by starting that notifier alone.
 */
@Command(
    name = "notify-test",
    description =
        "Send a message that says it is a test to an endpoint, and say what the other side answers."
            + " With -c it also works when no Modelvane runs.",
    mixinStandardHelpOptions = true)
final class NotifyTestCommand implements Callable<Integer> {
  @Mixin private ApiArguments api = new ApiArguments();

  @Parameters(paramLabel = "ENDPOINT", description = "The notifier's name in the configuration.")
  private String endpoint = "";

  @Option(
      names = "--alone",
      description = "Start the notifier alone, whether or not a Modelvane runs; needs -c.")
  private boolean alone;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    if (alone) {
      return startAlone(err);
    }
    try {
      return through(api.client(err));
    } catch (ApiFailure failure) {
      if (failure.isAbsent() && !api.files().isEmpty()) {
        err.println("modelvane: no Modelvane runs there; starting the notifier alone");
        return startAlone(err);
      }
      return api.report(failure, err);
    }
  }

  private int through(ApiClient client) throws ApiFailure, InterruptedException {
    JsonNode result =
        client.post(
            "endpoints/" + ApiClient.encode(endpoint) + "/test",
            JsonNodeFactory.instance.objectNode());
    String code = result.has("status_code") ? " " + result.path("status_code").asText() : "";
    Outcome.Kind kind =
        Outcome.Kind.valueOf(result.path("outcome").asText().toUpperCase(Locale.ROOT));
    return say(kind, code, result.path("reason").asText(), result.path("answer").asText());
  }

  private int startAlone(PrintWriter err) throws InterruptedException {
    if (api.files().isEmpty()) {
      err.println("modelvane: give the configuration with -c");
      return ExitCode.USAGE;
    }
    try (PluginHost host = api.plugins(err)) {
      Loaded loaded = new ConfigurationLoader(host.catalogue(), System::getenv).load(api.files());
      loaded.problems().forEach(err::println);
      if (loaded.configuration().isEmpty()) {
        return ExitCode.CONFIGURATION;
      }
      return attempt(loaded.configuration().get(), err);
    }
  }

  private int attempt(Configuration configuration, PrintWriter err) throws InterruptedException {
    NotifierTrial trial = new NotifierTrial(configuration, Clock.systemUTC());
    if (!trial.names().contains(endpoint)) {
      err.printf(
          "modelvane: there is no notifier '%s'; there are %s%n",
          endpoint, String.join(", ", trial.names()));
      return ExitCode.USAGE;
    }
    Delivery delivery = trial.deliver(endpoint);
    String code = delivery.statusCode().isPresent() ? " " + delivery.statusCode().getAsInt() : "";
    return say(
        delivery.outcome().kind(),
        code,
        Words.line(configuration.redactor().redact(delivery.outcome().reason())),
        Words.line(configuration.redactor().redact(delivery.answer())));
  }

  private int say(Outcome.Kind kind, String code, String reason, String answer) {
    PrintWriter out = spec.commandLine().getOut();
    String said = answer.isBlank() ? "" : ": " + answer.strip();
    if (kind == Outcome.Kind.DONE) {
      out.printf("%s has the test message; it answered%s%s%n", endpoint, code, said);
    } else {
      out.printf("%s does not have it: %s%n", endpoint, reason);
      if (!said.isEmpty()) {
        out.printf("it answered%s%s%n", code, said);
      }
    }
    out.flush();
    return switch (kind) {
      case DONE -> ExitCode.DONE;
      case RETRYABLE, THROTTLED -> ExitCode.LATER;
      case REJECTED, MISCONFIGURED -> ExitCode.CONFIGURATION;
      case FATAL -> ExitCode.FAULT;
    };
  }
}
