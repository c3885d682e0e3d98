package io.modelvane.cli;

import io.modelvane.engine.LetterReplay;
import io.modelvane.engine.ReplayResult;
import io.modelvane.engine.StartFailure;
import io.modelvane.engine.config.Configuration;
import io.modelvane.engine.deadletter.KeptLetter;
import io.modelvane.engine.deadletter.LetterFile;
import io.modelvane.engine.deadletter.LetterFolder;
import io.modelvane.engine.plugin.PluginHost;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts dead letters back. */
@Command(
    name = "replay",
    description = {
      "Put dead letters back through their pipelines, after mending the cause.",
      "Ends with 0 when all that could be tried are stored, 1 when some can still not be stored,",
      "75 when a sink does not work now. May be repeated, also while Modelvane runs."
    },
    mixinStandardHelpOptions = true)
final class DlqReplayCommand implements Callable<Integer> {
  @Mixin private LetterArguments wanted = new LetterArguments();
  @Mixin private PluginArguments plugins = new PluginArguments();

  @Option(names = "--dry-run", description = "Say how many would be tried, and try none.")
  private boolean dry;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "How long a sink may fail in ways that may pass, before the replay ends"
              + " (default: ${DEFAULT-VALUE}).")
  private long patience;

  @Parameters(
      arity = "0..*",
      paramLabel = "ID",
      description = "Which, by the ids that list and show give.")
  private List<String> ids = List.of();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!wanted.hasConfiguration()) {
      throw new ParameterException(spec.commandLine(), "give the configuration to replay by (-c)");
    }
    PrintWriter err = spec.commandLine().getErr();
    try (PluginHost host = plugins.load(err)) {
      Optional<Configuration> configuration = wanted.configuration(host.catalogue(), err);
      Optional<LetterFolder> folder = configuration.flatMap(found -> wanted.folder(found, err));
      if (folder.isEmpty()) {
        return ExitCode.CONFIGURATION;
      }
      return dry ? count(folder.get()) : replay(configuration.get(), folder.get());
    }
  }

  private boolean isMeant(KeptLetter letter) {
    return wanted.wants(letter) && (ids.isEmpty() || ids.contains(letter.id()));
  }

  private int count(LetterFolder folder) throws IOException, InterruptedException {
    long[] count = {0};
    for (LetterFile file : folder.files()) {
      file.read(letter -> count[0] += isMeant(letter) ? 1 : 0);
    }
    spec.commandLine().getOut().println(count[0] + " would be tried");
    return ExitCode.DONE;
  }

  private int replay(Configuration configuration, LetterFolder folder)
      throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    ReplayResult result;
    try {
      result =
          LetterReplay.run(
              configuration,
              new LetterReplay.Request(folder, this::isMeant, Duration.ofSeconds(patience)),
              Clock.systemUTC());
    } catch (StartFailure failure) {
      failure.reasons().forEach(reason -> err.println("modelvane: " + reason));
      return ExitCode.CONFIGURATION;
    }
    result.remarks().forEach(remark -> err.println("modelvane: " + remark));
    result.broken().ifPresent(why -> err.println("modelvane: ended before its end: " + why));
    spec.commandLine()
        .getOut()
        .printf(
            "%d put back, %d can still not be stored, %d not tried%n",
            result.stored(), result.failed(), result.left());
    if (result.broken().isPresent()) {
      return ExitCode.LATER;
    }
    return result.failed() > 0 ? ExitCode.PARTLY : ExitCode.DONE;
  }
}
