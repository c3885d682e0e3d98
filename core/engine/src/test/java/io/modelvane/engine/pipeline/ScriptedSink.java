package io.modelvane.engine.pipeline;

import io.modelvane.spi.Outcome;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.Sink;
import io.modelvane.spi.SinkTraits;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A sink that answers as a test tells it, and remembers what it was given. */
final class ScriptedSink implements Sink {
  /** One attempt. */
  record Write(String lines, int rows, Runnable taken, CompletableFuture<Outcome> answer) {}

  final List<Write> writes = new CopyOnWriteArrayList<>();
  final List<Instant> marks = new CopyOnWriteArrayList<>();
  final List<String> calls = new CopyOnWriteArrayList<>();
  volatile SinkTraits traits = SinkTraits.DEFAULT;
  volatile Runnable marking = () -> {};

  private volatile Function<Write, @Nullable CompletionStage<Outcome>> behaviour =
      write -> {
        write.answer.complete(Outcome.DONE);
        return write.answer;
      };

  /** From now on attempts wait until the test answers them. */
  ScriptedSink hold() {
    behaviour = write -> write.answer;
    return this;
  }

  ScriptedSink behave(Function<Write, @Nullable CompletionStage<Outcome>> how) {
    behaviour = how;
    return this;
  }

  ScriptedSink answer(Outcome outcome) {
    return behave(write -> CompletableFuture.completedFuture(outcome));
  }

  /** These answers first, done for ever after. */
  ScriptedSink answerFirst(Outcome... outcomes) {
    List<Outcome> first = List.of(outcomes);
    return behave(
        write -> {
          int index = writes.size() - 1;
          return CompletableFuture.completedFuture(
              index < first.size() ? first.get(index) : Outcome.DONE);
        });
  }

  @Override
  @SuppressWarnings("NullAway") // answering null is one of the misdeeds that are tested
  public CompletionStage<Outcome> write(PointBatch batch) {
    return write(batch, () -> {});
  }

  @Override
  @SuppressWarnings("NullAway") // as above
  public CompletionStage<Outcome> write(PointBatch batch, Runnable taken) {
    Write write = new Write(batch.toString(), batch.size(), taken, new CompletableFuture<>());
    writes.add(write);
    calls.add("write");
    return behaviour.apply(write);
  }

  @Override
  public void completeUntil(String pipeline, Instant time) {
    marks.add(time);
    calls.add("complete " + time);
    marking.run();
  }

  @Override
  public SinkTraits traits() {
    return traits;
  }
}
