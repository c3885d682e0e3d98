package io.modelvane.engine;

import io.modelvane.engine.deadletter.KeptLetter;
import io.modelvane.engine.deadletter.LetterEvents;
import io.modelvane.engine.pipeline.NamedSink;
import io.modelvane.engine.pipeline.Reprocessing;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Letters of one pipeline on their way back to the same sinks, a batch at a time. */
final class ReplayLane {
  private static final int MOST_LETTERS = 1_000; // an event may become many rows
  private static final long MOST_BYTES = 4L << 20;

  private final @Nullable Reprocessing reprocessing;
  private final List<NamedSink> sinks;
  private final List<KeptLetter> waiting = new ArrayList<>();
  private long bytes;

  /** A lane; with no pipeline or no sinks it is shut. */
  ReplayLane(@Nullable Reprocessing reprocessing, List<NamedSink> sinks) {
    this.reprocessing = reprocessing;
    this.sinks = List.copyOf(sinks);
  }

  /** Whether any sink takes them. */
  boolean isOpen() {
    return !sinks.isEmpty();
  }

  void add(KeptLetter letter) {
    waiting.add(letter);
    bytes += letter.json().length;
  }

  boolean isFull() {
    return waiting.size() >= MOST_LETTERS || bytes >= MOST_BYTES;
  }

  /** The letters that wait; they wait no longer. */
  List<KeptLetter> take() {
    List<KeptLetter> taken = List.copyOf(waiting);
    waiting.clear();
    bytes = 0;
    return taken;
  }

  /** Puts letters back; answers with letters for what can still not be stored. */
  List<DeadLetter> run(List<KeptLetter> letters) throws ComponentException, InterruptedException {
    return Objects.requireNonNull(reprocessing).run(LetterEvents.of(letters), sinks);
  }
}
