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
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Puts dead letters back. */
@Command(
    name = "replay",
    description = {
      "Put dead letters back through their pipelines, after mending the cause.",
      "Ends with 0 when all are stored, 1 when some can still not be stored or were not tried,",
      "75 when a sink does not work now. May be repeated, also while Modelvane runs."
    },
    mixinStandardHelpOptions = true)
final class DlqReplayCommand implements Callable<Integer> {
  @Mixin private LetterArguments wanted = new LetterArguments();
  @Mixin private PluginArguments plugins = new PluginArguments();
  @Mixin private LetterIds ids = new LetterIds();

  @Option(names = "--dry-run", description = "Say how many would be tried, and try none.")
  private boolean dry;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      defaultValue = "30s",
      description =
          "How long a sink may fail in ways that may pass, before the replay ends: 30s, 5m; a plain"
              + " number is seconds (default: ${DEFAULT-VALUE}).")
  private Duration patience = Duration.ZERO; // set by picocli

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
      Optional<LetterFolder> folder =
          configuration.flatMap(found -> wanted.folder(found.engine(), found.deadLetters(), err));
      if (folder.isEmpty()) {
        return ExitCode.CONFIGURATION;
      }
      if (isNothingMeant(folder.get())) {
        return ExitCode.USAGE;
      }
      return dry ? dryRun(folder.get()) : replay(configuration.get(), folder.get());
    }
  }

  private boolean isMeant(KeptLetter letter) {
    return wanted.wants(letter) && ids.mean(letter);
  }

  /** Says which ids lead nowhere, or that there is no such pipeline. */
  private boolean isNothingMeant(LetterFolder folder) throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    if (!ids.areGiven()) {
      return count(folder, this::isMeant) == 0 && wanted.isUnknownPipeline(err);
    }
    return ids.leadNowhere(folder, err);
  }

  private int dryRun(LetterFolder folder) throws IOException, InterruptedException {
    spec.commandLine().getOut().println(count(folder, this::isMeant) + " would be tried");
    return ExitCode.DONE;
  }

  private static long count(LetterFolder folder, Predicate<KeptLetter> which)
      throws IOException, InterruptedException {
    long[] count = {0};
    for (LetterFile file : folder.files()) {
      file.read(letter -> count[0] += which.test(letter) ? 1 : 0);
    }
    return count[0];
  }

  private int replay(Configuration configuration, LetterFolder folder)
      throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    ReplayResult result;
    try {
      result =
          LetterReplay.run(
              configuration,
              new LetterReplay.Request(folder, this::isMeant, patience),
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
    return result.failed() + result.left() > 0 ? ExitCode.PARTLY : ExitCode.DONE;
  }
}
