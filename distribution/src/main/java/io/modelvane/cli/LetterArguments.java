package io.modelvane.cli;

import io.modelvane.engine.LetterReplay;
import io.modelvane.engine.config.ComponentDefinition;
import io.modelvane.engine.config.Configuration;
import io.modelvane.engine.config.ConfigurationLoader;
import io.modelvane.engine.config.EngineOptions;
import io.modelvane.engine.config.Glance;
import io.modelvane.engine.config.Loaded;
import io.modelvane.engine.deadletter.KeptLetter;
import io.modelvane.engine.deadletter.LetterFolder;
import io.modelvane.engine.plugin.PluginCatalogue;
import io.modelvane.engine.plugin.PluginHost;
import io.modelvane.spi.DeadLetter;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which dead letters are meant. */
final class LetterArguments {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Configuration file, or a folder of them; may be given more than once.")
  private List<Path> files = List.of();

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "Folder of dead letters (default: that of the configuration).")
  private @Nullable Path folder;

  @Option(names = "--pipeline", paramLabel = "NAME", description = "Those of one pipeline.")
  private @Nullable String pipeline;

  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      description = "Those of one stage: decode, transform or sink:NAME.")
  private @Nullable String stage;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Those with this text in their reason, in upper or lower case.")
  private @Nullable String reason;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Those given up at or after this time, such as 2026-01-31T12:00:00Z.")
  private @Nullable Instant since;

  @Option(names = "--until", paramLabel = "TIME", description = "Those given up before this time.")
  private @Nullable Instant until;

  private Set<String> configured = Set.of();

  /**
   * Where the letters are, by the option or by the configuration.
   *
   * @throws ParameterException when neither says so
   */
  Optional<LetterFolder> folder(CommandSpec spec, PluginArguments plugins) {
    if (folder == null && files.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "give the configuration (-c) or --folder");
    }
    PrintWriter err = spec.commandLine().getErr();
    if (folder != null) {
      return given(folder, err);
    }
    try (PluginHost host = plugins.load(err)) {
      Glance found =
          new ConfigurationLoader(host.catalogue(), System::getenv)
              .glance(files, Set.of("data", "dead_letters"));
      found.problems().forEach(err::println);
      configured = found.pipelines();
      return found
          .engine()
          .flatMap(engine -> folder(engine, found.deadLetters().orElseThrow(), err));
    }
  }

  private static Optional<LetterFolder> given(Path folder, PrintWriter err) {
    if (!Files.isDirectory(folder)) {
      err.println("modelvane: no such folder: " + folder);
      return Optional.empty();
    }
    return Optional.of(new LetterFolder(folder));
  }

  /** Loads the configuration and prints all that is wrong with it. */
  Optional<Configuration> configuration(PluginCatalogue catalogue, PrintWriter err) {
    Loaded loaded = new ConfigurationLoader(catalogue, System::getenv).load(files);
    loaded.problems().forEach(err::println);
    configured = loaded.configuration().map(c -> c.pipelines().keySet()).orElse(Set.of());
    return loaded.configuration();
  }

  /** The folder of the option, else of the configuration; that it has none is printed. */
  Optional<LetterFolder> folder(
      EngineOptions engine, ComponentDefinition deadLetters, PrintWriter err) {
    if (folder != null) {
      return given(folder, err);
    }
    Optional<LetterFolder> found = LetterReplay.folder(engine, deadLetters);
    if (found.isEmpty()) {
      err.println(
          "modelvane: this configuration keeps its dead letters elsewhere (type '"
              + deadLetters.factory().type()
              + "'), and dlq reads files; docs/delivery.md says what to do with those in a topic");
    }
    return found;
  }

  /** Says that there is no such pipeline, where a pipeline without letters was asked for. */
  boolean isUnknownPipeline(PrintWriter err) {
    if (pipeline == null || configured.contains(pipeline)) {
      return false;
    }
    err.println(
        "modelvane: there is no pipeline '%s', and no dead letter of one%s"
            .formatted(
                pipeline,
                configured.isEmpty()
                    ? ""
                    : "; there are " + String.join(", ", new TreeSet<>(configured))));
    return true;
  }

  boolean hasConfiguration() {
    return !files.isEmpty();
  }

  /** Whether anything was said that leaves letters out. */
  boolean isChoice() {
    return pipeline != null || stage != null || reason != null || since != null || until != null;
  }

  boolean wants(KeptLetter kept) {
    DeadLetter letter = kept.letter();
    return !kept.replayed()
        && (pipeline == null || pipeline.equals(letter.pipeline()))
        && (stage == null || stage.equals(letter.stage()))
        && (reason == null || lower(letter.reason()).contains(lower(reason)))
        && (since == null || !letter.at().isBefore(since))
        && (until == null || letter.at().isBefore(until));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
