package io.modelvane.cli;

import io.modelvane.engine.deadletter.KeptLetter;
import io.modelvane.engine.deadletter.LetterFile;
import io.modelvane.engine.deadletter.LetterFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows dead letters in full. */
@Command(
    name = "show",
    description =
        "Show dead letters in full, oldest first; by their ids those put back before as well.",
    mixinStandardHelpOptions = true)
final class DlqShowCommand implements Callable<Integer> {
  @Mixin private LetterArguments wanted = new LetterArguments();
  @Mixin private PluginArguments plugins = new PluginArguments();
  @Mixin private LetterIds ids = new LetterIds();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(names = "--json", description = "The lines as they stand in the files.")
  private boolean asJson;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (limit < 1) {
      throw new ParameterException(spec.commandLine(), "--limit has to be 1 or more");
    }
    Optional<LetterFolder> folder = wanted.folder(spec, plugins);
    if (folder.isEmpty()) {
      return ExitCode.CONFIGURATION;
    }
    Showing showing = new Showing(spec.commandLine().getOut());
    for (LetterFile file : folder.get().files()) {
      if (showing.shown < limit) {
        file.read(showing);
      }
    }
    spec.commandLine().getOut().flush();
    if (showing.shown == 0) {
      if (wanted.isUnknownPipeline(spec.commandLine().getErr())) {
        return ExitCode.USAGE;
      }
      spec.commandLine().getErr().println("modelvane: no such dead letter");
      return ExitCode.PARTLY;
    }
    return ExitCode.DONE;
  }

  private final class Showing implements LetterFile.Visitor {
    private final PrintWriter out;
    private int shown;

    Showing(PrintWriter out) {
      this.out = out;
    }

    @Override
    public void letter(KeptLetter letter) {
      boolean meant = ids.areGiven() ? ids.mean(letter) : wanted.wants(letter);
      if (!meant || shown >= limit) {
        return;
      }
      if (asJson) {
        out.println(new String(letter.json(), StandardCharsets.UTF_8));
      } else {
        out.print(LetterPage.of(letter));
      }
      shown++;
    }
  }
}
