package io.modelvane.engine;

import io.modelvane.engine.config.ComponentDefinition;
import io.modelvane.engine.config.Configuration;
import io.modelvane.engine.config.EngineOptions;
import io.modelvane.engine.deadletter.FileDeadLetterOptions;
import io.modelvane.engine.deadletter.KeptLetter;
import io.modelvane.engine.deadletter.LetterFile;
import io.modelvane.engine.deadletter.LetterFolder;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.Outcome;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Puts dead letters back through their pipelines, from the letters themselves: decoded, transformed
 * and written as if the source had brought them just now, with the positions, times and headers
 * that they had. So they become the points that they would have been, and doing it twice changes
 * nothing.
 *
 * <p>Works beside a running process: it reads no source, and touches neither its state nor the file
 * that it writes to. Exclusive sinks are left out: they have gone past these events.
 */
public final class LetterReplay {
  private final LetterFolder folder;
  private final Request request;
  private final ReplayStage stage;
  private final OpenLetters open;
  private final Map<String, Long> leftOut = new LinkedHashMap<>();
  private long stored;
  private long failed;

  /**
   * What to put back.
   *
   * @param folder where the letters are
   * @param which those that are wanted
   * @param patience how long a sink may fail, in ways that may pass, before the replay ends
   */
  public record Request(LetterFolder folder, Predicate<KeptLetter> which, Duration patience) {}

  private LetterReplay(Request request, ReplayStage stage) {
    this.folder = request.folder();
    this.request = request;
    this.stage = stage;
    this.open = new OpenLetters(folder, stage::redact);
  }

  /** Where a configuration keeps its letters, if it does in files. */
  public static Optional<LetterFolder> folder(
      EngineOptions engine, ComponentDefinition deadLetters) {
    return deadLetters.options() instanceof FileDeadLetterOptions files
        ? Optional.of(
            new LetterFolder(files.folder().orElse(engine.data().resolve("dead-letters"))))
        : Optional.empty();
  }

  /**
   * Puts letters back.
   *
   * @throws StartFailure when something cannot work as it is configured, or another replay is under
   *     way; nothing was put back then
   * @throws IOException when the letters cannot be read, or what was put back cannot be noted
   */
  public static ReplayResult run(Configuration configuration, Request request, Clock clock)
      throws StartFailure, IOException, InterruptedException {
    try (ReplayStage stage = ReplayStage.open(configuration, request, clock)) {
      LetterReplay replay = new LetterReplay(request, stage);
      String broken = null;
      try {
        stage.start();
        for (LetterFile file : request.folder().files()) {
          replay.replay(file);
        }
      } catch (ComponentException ended) {
        broken = stage.redact(String.valueOf(ended.getMessage()));
      }
      return replay.result(broken);
    }
  }

  private ReplayResult result(@Nullable String broken) {
    long left = leftOut.values().stream().mapToLong(Long::longValue).sum();
    List<String> remarks = new java.util.ArrayList<>(stage.remarks());
    leftOut.forEach(
        (why, count) ->
            remarks.add(count + (count == 1 ? " letter stays: " : " letters stay: ") + why));
    return new ReplayResult(stored, failed, left, remarks, Optional.ofNullable(broken));
  }

  private void replay(LetterFile file)
      throws ComponentException, IOException, InterruptedException {
    Pass pass = new Pass(file);
    file.read(pass);
    pass.finish();
  }

  /** One file on its way. */
  private final class Pass implements LetterFile.Visitor {
    private final LetterFile file;
    private boolean whole;
    private @Nullable ComponentException ended;

    Pass(LetterFile file) throws IOException {
      this.file = file;
      this.whole = file.isSettled();
    }

    @Override
    public void letter(KeptLetter letter) throws IOException, InterruptedException {
      if (letter.replayed() || ended != null) {
        return;
      }
      if (!request.which().test(letter)) {
        whole = false;
        return;
      }
      ReplayLane lane = stage.lane(letter.letter());
      if (!lane.isOpen()) {
        whole = false;
        leftOut.merge(stage.whyClosed(letter.letter()), 1L, Long::sum);
        return;
      }
      lane.add(letter);
      if (lane.isFull()) {
        tryPut(lane);
      }
    }

    @Override
    public void unreadable(String id, String reason) {
      whole = false;
      leftOut.merge("what stands in " + id + " is no dead letter: " + reason, 1L, Long::sum);
    }

    /** The visitor of a file cannot end it: what is left is passed over. */
    private void tryPut(ReplayLane lane) throws IOException, InterruptedException {
      try {
        put(lane);
      } catch (ComponentException failed) {
        ended = failed;
      }
    }

    void finish() throws ComponentException, IOException, InterruptedException {
      if (ended != null) {
        throw ended;
      }
      for (ReplayLane lane : stage.lanes()) {
        put(lane);
      }
      if (whole) {
        folder.retire(file);
      }
    }

    private void put(ReplayLane lane) throws ComponentException, IOException, InterruptedException {
      List<KeptLetter> letters = lane.take();
      if (letters.isEmpty()) {
        return;
      }
      ReplayVerdict verdict = ReplayVerdict.of(letters, lane.run(letters), stage::redact);
      keep(open.without(verdict.fresh()));
      file.note(verdict.over());
      open.forget(verdict.over());
      stored += verdict.stored();
      failed += verdict.failed();
      whole &= verdict.over().size() == letters.size();
    }

    private void keep(List<DeadLetter> fresh) throws ComponentException, InterruptedException {
      if (fresh.isEmpty()) {
        return;
      }
      Outcome kept = stage.letters().write(fresh);
      if (kept.kind() != Outcome.Kind.DONE) {
        throw new ComponentException(Outcome.Kind.RETRYABLE, kept.reason());
      }
    }
  }
}
