package io.modelvane.cli;

import io.modelvane.engine.deadletter.KeptLetter;
import io.modelvane.engine.deadletter.LetterFile;
import io.modelvane.engine.deadletter.LetterFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Puts dead letters aside that nobody will put back. */
@Command(
    name = "discard",
    description =
        "Put dead letters aside that shall not be put back: list and replay pass them over. Nothing"
            + " is deleted; a file of which nothing is left moves to replayed/.",
    mixinStandardHelpOptions = true)
final class DlqDiscardCommand implements Callable<Integer> {
  private static final int AT_ONCE = 1_000;

  @Mixin private LetterArguments wanted = new LetterArguments();
  @Mixin private PluginArguments plugins = new PluginArguments();
  @Mixin private LetterIds ids = new LetterIds();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!ids.areGiven() && !wanted.isChoice()) {
      throw new ParameterException(
          spec.commandLine(), "say which: ids, --pipeline, --stage, --reason, --since or --until");
    }
    Optional<LetterFolder> folder = wanted.folder(spec, plugins);
    if (folder.isEmpty()) {
      return ExitCode.CONFIGURATION;
    }
    if (ids.leadNowhere(folder.get(), spec.commandLine().getErr())) {
      return ExitCode.USAGE;
    }
    long count = 0;
    for (LetterFile file : folder.get().files()) {
      count += discard(folder.get(), file);
    }
    spec.commandLine().getOut().println(count + " put aside");
    if (count > 0) {
      return ExitCode.DONE;
    }
    spec.commandLine().getErr().println("modelvane: no such dead letter");
    return ExitCode.PARTLY;
  }

  private long discard(LetterFolder folder, LetterFile file)
      throws IOException, InterruptedException {
    Discarding discarding = new Discarding(file);
    file.read(discarding);
    discarding.note();
    if (discarding.whole && discarding.count > 0) {
      folder.retire(file);
    }
    return discarding.count;
  }

  private final class Discarding implements LetterFile.Visitor {
    private final LetterFile file;
    private final List<KeptLetter> chosen = new ArrayList<>();
    private boolean whole;
    private long count;

    Discarding(LetterFile file) throws IOException {
      this.file = file;
      this.whole = file.isSettled();
    }

    @Override
    public void letter(KeptLetter letter) throws IOException {
      if (wanted.wants(letter) && ids.mean(letter)) {
        chosen.add(letter);
        if (chosen.size() == AT_ONCE) {
          note();
        }
      } else {
        whole &= letter.replayed();
      }
    }

    @Override
    public void unreadable(String id, String reason) {
      whole = false;
    }

    private void note() throws IOException {
      if (!chosen.isEmpty()) {
        file.note(chosen);
        count += chosen.size();
        chosen.clear();
      }
    }
  }
}
