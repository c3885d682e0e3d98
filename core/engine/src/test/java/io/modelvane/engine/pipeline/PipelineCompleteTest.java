package io.modelvane.engine.pipeline;

import static io.modelvane.engine.TestEvents.batch;
import static io.modelvane.engine.pipeline.Rig.A;
import static io.modelvane.engine.pipeline.Rig.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.DataSize;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.SinkTraits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineCompleteTest {
  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  private static Instant at(long second) {
    return Instant.ofEpochSecond(second);
  }

  /** Says that the source is complete until then, from the next poll on. */
  private void completeFromNextPoll(Instant time) {
    rig.source.then(
        listener -> {
          rig.source.complete = Optional.of(time);
          return List.of();
        });
  }

  @Test
  void aSourceThatKnowsIsBelieved() {
    rig.source.complete = Optional.of(at(100));
    rig.start();
    eventually(() -> assertThat(rig.sink.marks).containsExactly(at(100)));
    completeFromNextPoll(at(101));
    eventually(() -> assertThat(rig.sink.marks).containsExactly(at(100), at(101)));
  }

  @Test
  void aSinkHearsItOnlyAfterItHasAnsweredWhatWasReadBefore() {
    rig.sink.hold();
    rig.source.bring(batch(A, 0, "m=1"));
    rig.source.complete = Optional.of(at(100));
    rig.start();
    rig.write(1);
    rig.settle();
    assertThat(rig.sink.marks).isEmpty();
    rig.write(1).answer().complete(Outcome.DONE);
    eventually(() -> assertThat(rig.sink.calls).containsExactly("write", "complete " + at(100)));
  }

  @Test
  void whatWaitsForCompanyHoldsTheMark() {
    rig.sink.traits = new SinkTraits(1, 10, DataSize.ofMebibytes(1), Duration.ofDays(1));
    rig.source.bring(batch(A, 0, "m=1"));
    rig.source.complete = Optional.of(at(100));
    rig.start();
    eventually(() -> assertThat(rig.meters.count("events")).isEqualTo(1));
    rig.settle();
    assertThat(rig.sink.marks).isEmpty();
  }

  @Test
  void theMarkOfAPollWaitsForThatPollsBatchesOnly() {
    rig.sink.traits = new SinkTraits(3, 1, DataSize.ofMebibytes(1), Duration.ZERO);
    rig.sink.hold();
    for (int i = 0; i < 3; i++) {
      int index = i;
      rig.source.then(
          listener -> {
            rig.source.assign(listener, java.util.Set.of(A));
            rig.source.complete = Optional.of(at(100 + index));
            return List.of(batch(A, index, "m=" + index));
          });
    }
    rig.start();
    rig.write(3).answer().complete(Outcome.DONE);
    rig.write(2).answer().complete(Outcome.DONE);
    rig.settle();
    assertThat(rig.sink.marks).as("the first is open").isEmpty();
    rig.write(1).answer().complete(Outcome.DONE);
    eventually(() -> assertThat(rig.sink.marks).containsExactly(at(102)));
  }

  @Test
  void deadLettersThatAreNotKeptHoldTheMark() {
    rig.deadLetters = letters -> new Outcome.Retryable("disk full");
    rig.source.bring(batch(A, 0, "bad 1"));
    rig.source.complete = Optional.of(at(100));
    rig.start();
    eventually(() -> assertThat(rig.timer.waiting()).isNotEmpty());
    rig.settle();
    assertThat(rig.sink.marks).isEmpty();
    rig.deadLetters = letters -> Outcome.DONE;
  }

  @Test
  void aSourceThatCannotTellIsCompleteWhenAPollHadTimeAndBroughtNothing() {
    Instant before = rig.clock.instant();
    rig.start();
    eventually(() -> assertThat(rig.sink.marks).containsExactly(before));
    rig.clock.advance(Duration.ofSeconds(3));
    eventually(() -> assertThat(rig.sink.marks).containsExactly(before, before.plusSeconds(3)));
  }

  @Test
  void aPollThatWasWokenProvesNothing() {
    Instant start = rig.clock.instant();
    rig.source.then(
        listener -> {
          rig.clock.advance(Duration.ofSeconds(1));
          return List.of();
        });
    rig.source.then(
        listener -> {
          rig.pipeline().post(() -> {}); // wakes this very poll, and maybe the next
          rig.clock.advance(Duration.ofSeconds(1));
          return List.of();
        });
    rig.start();
    eventually(() -> assertThat(rig.sink.marks).contains(start.plusSeconds(2)));
    assertThat(rig.sink.marks).doesNotContain(start.plusSeconds(1));
  }

  @Test
  void aPausedSourceThatCannotTellIsNotTakenForSilent() {
    rig.sink.hold();
    rig.source.bring(batch(A, 0, "m=1"));
    rig.start();
    rig.write(1);
    eventually(() -> assertThat(rig.source.isPaused()).isTrue());
    Instant paused = rig.clock.instant();
    rig.clock.advance(Duration.ofSeconds(30));
    int polls = rig.source.polls.get();
    eventually(() -> assertThat(rig.source.polls.get()).isGreaterThan(polls + 1));
    rig.source.bring(batch(A, 1, "m=2"));
    rig.write(1).answer().complete(Outcome.DONE);
    rig.write(2);
    rig.settle();
    assertThat(rig.sink.marks).allSatisfy(mark -> assertThat(mark).isBeforeOrEqualTo(paused));
  }

  @Test
  void aSourceInTroubleTellsNothing() {
    rig.clock.advance(Duration.ofSeconds(1));
    Instant trouble = rig.clock.instant();
    rig.source.fail(ComponentException.throttled(Duration.ofMillis(300), "away"));
    rig.start();
    eventually(() -> assertThat(rig.health("pipeline p").reason()).isEqualTo("away"));
    assertThat(rig.sink.marks).isEmpty();
    rig.clock.advance(Duration.ofSeconds(1));
    eventually(() -> assertThat(rig.sink.marks).isNotEmpty());
    assertThat(rig.sink.marks.get(0)).isAfter(trouble);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSinkThatThrowsThereCostsNothing(boolean error) {
    rig.sink.marking =
        () -> {
          if (error) {
            throw new AssertionError("not now");
          }
          throw new IllegalStateException("not now");
        };
    ScriptedSink other = new ScriptedSink();
    rig.sinks.add(new NamedSink("other", other));
    rig.source.complete = Optional.of(at(100));
    rig.start();
    eventually(() -> assertThat(other.marks).containsExactly(at(100)));
    rig.source.bring(batch(A, 0, "m=1"));
    rig.awaitAcknowledged(A, 1);
    assertThat(rig.isRunning()).isTrue();
  }

  @Test
  void marksComeAFewTimesASecondAtMost() {
    rig.start();
    long begun = System.nanoTime();
    for (int i = 0; i < 200; i++) {
      completeFromNextPoll(at(1000 + i));
      rig.source.bring(batch(A, i, "m=1"));
    }
    eventually(() -> assertThat(rig.sink.marks).contains(at(1199)));
    long elapsed = (System.nanoTime() - begun) / 1_000_000;
    assertThat(rig.sink.marks).hasSizeLessThan((int) (elapsed / 200) + 3).isSorted();
  }
}
