package io.modelvane.engine.pipeline;

import static io.modelvane.engine.TestEvents.batch;
import static io.modelvane.engine.TestEvents.repeat;
import static io.modelvane.engine.pipeline.Rig.A;
import static io.modelvane.engine.pipeline.Rig.B;
import static io.modelvane.engine.pipeline.Rig.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.engine.TestEvents;
import io.modelvane.spi.DataSize;
import io.modelvane.spi.EventBatch;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.SinkTraits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PipelineBatchesTest {
  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  private static SinkTraits traits(int inFlight, int rows, long bytes, Duration linger) {
    return new SinkTraits(inFlight, rows, new DataSize(bytes), linger);
  }

  @Test
  void whatIsReadIsStoredAndThenAcknowledged() {
    rig.source.bring(batch(A, 40, "m=1", "m=2"));
    rig.sink.hold();
    rig.start();
    ScriptedSink.Write write = rig.write(1);
    assertThat(write.lines()).isEqualTo("m v=1 40\nm v=2 41");
    rig.settle();
    assertThat(rig.source.acknowledged).isEmpty();
    write.answer().complete(Outcome.DONE);
    rig.awaitAcknowledged(A, 42);
    assertThat(rig.meters.count("events")).isEqualTo(2);
    assertThat(rig.meters.count("rows")).isEqualTo(2);
  }

  @Test
  void whatTricklesInIsFetchedTogether() {
    int polls = 50;
    for (int i = 0; i < polls; i++) {
      rig.source.bring(batch(A, i, "m=1"));
    }
    long start = System.nanoTime();
    rig.start();
    rig.awaitAcknowledged(A, polls);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThan(Pace.MOMENT.multipliedBy(polls - 1));
  }

  @Test
  void aLargePollIsCutByRows() {
    rig.sink.traits = traits(8, 10, 1 << 20, Duration.ZERO);
    rig.source.bring(repeat(A, 0, 25, "m=1"));
    rig.start();
    rig.awaitAcknowledged(A, 25);
    assertThat(rig.sink.writes).extracting(ScriptedSink.Write::rows).containsExactly(10, 10, 5);
  }

  @Test
  void aBatchIsCutByBytes() {
    rig.sink.traits = traits(8, 1000, 30, Duration.ofDays(1));
    // "v=1234567890" are 12 bytes: the third batch of events crosses the 30.
    for (int i = 0; i < 4; i++) {
      rig.source.bring(batch(A, i, "m=1234567890"));
    }
    rig.start();
    assertThat(rig.write(1).rows()).isEqualTo(3);
    rig.awaitAcknowledged(A, 3);
    rig.settle();
    assertThat(rig.sink.writes).hasSize(1);
  }

  @Test
  void rowsWaitForCompanyAsLongAsTheSinkLikes() {
    rig.sink.traits = traits(1, 1000, 1 << 20, Duration.ofMillis(150));
    rig.source.bring(batch(A, 0, "m=1"));
    rig.source.bring(batch(A, 1, "m=2"));
    rig.source.bring(batch(B, 0, "m=3"));
    long begun = System.nanoTime();
    rig.start();
    assertThat(rig.write(1).lines()).isEqualTo("m v=1 0\nm v=2 1\nm v=3 0");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(149));
    rig.awaitAcknowledged(A, 2);
    rig.awaitAcknowledged(B, 1);
  }

  @Test
  void optionsOfThePipelineWinOverTheSinksWish() {
    rig.sink.traits = traits(4, 1000, 1 << 20, Duration.ZERO);
    rig.maxRows = Optional.of(2);
    rig.source.bring(repeat(A, 0, 5, "m=1"));
    rig.start();
    rig.awaitAcknowledged(A, 5);
    assertThat(rig.sink.writes).extracting(ScriptedSink.Write::rows).containsExactly(2, 2, 1);
  }

  @Test
  void theMostModestOfSeveralSinksSetsThePace() {
    ScriptedSink other = new ScriptedSink();
    other.traits = traits(2, 50, 10, Duration.ofSeconds(1));
    rig.sink.traits = traits(5, 20, 1 << 20, Duration.ofMillis(3));
    rig.sinks.add(new NamedSink("other", other));
    rig.start();
    PipelineParts parts =
        new PipelineParts(
            "p",
            new io.modelvane.engine.config.PipelineOptions(
                "s",
                List.of(),
                List.of(),
                io.modelvane.spi.RetryPolicy.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(1)),
            rig.source,
            rig.decoder,
            List.of(),
            rig.sinks,
            rig.deadLetters);
    assertThat(Traits.of(parts)).isEqualTo(traits(2, 20, 10, Duration.ofMillis(3)));
  }

  @Test
  void allSinksMustBeDoneBeforeAnythingIsAcknowledged() {
    ScriptedSink slow = new ScriptedSink().hold();
    rig.sinks.add(new NamedSink("slow", slow));
    rig.source.bring(batch(A, 0, "m=1"));
    rig.start();
    eventually(() -> assertThat(slow.writes).hasSize(1));
    assertThat(rig.write(1).answer()).isDone();
    rig.settle();
    assertThat(rig.source.acknowledged).isEmpty();
    slow.writes.get(0).answer().complete(Outcome.DONE);
    rig.awaitAcknowledged(A, 1);
  }

  @Test
  void batchesThatAreDoneOutOfOrderAreAcknowledgedInOrder() {
    rig.sink.hold();
    rig.sink.traits = traits(3, 1, 1 << 20, Duration.ZERO);
    rig.source.bring(batch(A, 0, "m=1", "m=2", "m=3"));
    rig.start();
    rig.write(3).answer().complete(Outcome.DONE);
    rig.write(2).answer().complete(Outcome.DONE);
    rig.settle();
    assertThat(rig.source.acknowledged).isEmpty();
    rig.write(1).answer().complete(Outcome.DONE);
    rig.awaitAcknowledged(A, 3);
    assertThat(rig.source.acknowledgements).hasSize(1);
  }

  @Test
  void withOneInFlightEachBatchIsDoneBeforeTheNextBegins() {
    rig.sink.hold();
    rig.sink.traits = traits(1, 1, 1 << 20, Duration.ZERO);
    rig.source.bring(batch(A, 0, "m=1", "m=2"));
    rig.start();
    rig.write(1);
    rig.settle();
    assertThat(rig.sink.writes).hasSize(1);
    rig.write(1).answer().complete(Outcome.DONE);
    assertThat(rig.write(2).lines()).isEqualTo("m v=2 1");
  }

  @Test
  void aBusySinkPausesTheSourceWhichIsPolledOn() {
    rig.sink.hold();
    rig.source.bring(batch(A, 0, "m=1"));
    rig.source.bring(batch(A, 1, "m=2"));
    rig.start();
    ScriptedSink.Write first = rig.write(1);
    eventually(() -> assertThat(rig.source.isPaused()).isTrue());
    int polls = rig.source.polls.get();
    eventually(() -> assertThat(rig.source.polls.get()).as("membership").isGreaterThan(polls + 1));
    assertThat(rig.sink.writes).hasSize(1);
    assertThat(rig.meters.gauge("in_flight")).isEqualTo(1);
    first.answer().complete(Outcome.DONE);
    assertThat(rig.write(2).lines()).isEqualTo("m v=2 1");
    rig.write(2).answer().complete(Outcome.DONE);
    rig.awaitAcknowledged(A, 2);
    eventually(() -> assertThat(rig.source.isPaused()).isFalse());
  }

  @Test
  void splitsThatArriveWhileTheSourceIsPausedArePausedToo() {
    rig.sink.hold();
    rig.source.bring(batch(A, 0, "m=1"));
    rig.start();
    rig.write(1);
    eventually(() -> assertThat(rig.source.isPaused()).isTrue());
    rig.source.then(
        listener -> {
          rig.source.assign(listener, java.util.Set.of(B));
          return List.of();
        });
    eventually(() -> assertThat(rig.source.pausedSplits()).contains(A, B));
  }

  @Test
  void memoryIsBoundedByTheBytesRead() {
    rig.sink.hold();
    rig.sink.traits = traits(64, 100_000, 1L << 40, Duration.ofDays(1));
    String large = "m=1" + " ".repeat(4 << 20);
    for (int i = 0; i < 20; i++) {
      rig.source.bring(batch(A, i, large));
    }
    rig.start();
    eventually(() -> assertThat(rig.source.isPaused()).isTrue());
    assertThat(rig.write(1).rows()).as("full by bytes held, not by rows or time").isEqualTo(4);
    rig.settle();
    assertThat(rig.sink.writes).hasSize(1);
    assertThat(rig.meters.gauge("held_bytes"))
        .isBetween((double) Pipeline.MOST_HELD_BYTES, Pipeline.MOST_HELD_BYTES + 5e6);
    rig.write(1).answer().complete(Outcome.DONE);
    rig.write(2).answer().complete(Outcome.DONE);
    rig.awaitAcknowledged(A, 8);
    assertThat(rig.meters.gauge("held_bytes")).isLessThan(18e6);
  }

  @Test
  void keysCountAmongTheBytesThatAreHeld() {
    rig.sink.hold();
    rig.sink.traits = traits(64, 100_000, 1L << 40, Duration.ofDays(1));
    for (int i = 0; i < 20; i++) {
      rig.source.bring(batch(A, i, "m=1").key(new byte[4 << 20]));
    }
    rig.start();
    eventually(() -> assertThat(rig.source.isPaused()).isTrue());
    assertThat(rig.write(1).rows()).isEqualTo(4);
  }

  @Test
  void eventsThatGiveNoRowDoNotPileUp() {
    rig.sink.traits = traits(1, 10, 1 << 20, Duration.ofDays(1));
    rig.source.bring(repeat(A, 0, 10, "skip"));
    rig.start();
    assertThat(rig.write(1).rows()).isZero();
    rig.awaitAcknowledged(A, 10);
    assertThat(rig.meters.count("empty_batches")).isEqualTo(1);
  }

  @Test
  void oneEventMayBecomeManyRows() {
    rig.sink.traits = traits(4, 10, 1 << 20, Duration.ZERO);
    rig.source.bring(batch(A, 0, "m*7", "m*7", "m*7"));
    rig.start();
    rig.awaitAcknowledged(A, 3);
    assertThat(rig.sink.writes.stream().mapToInt(ScriptedSink.Write::rows).sum()).isEqualTo(21);
  }

  @Test
  void anEmptyBatchMovesThePosition() {
    rig.source.bring(new TestEvents(A, 17));
    rig.start();
    rig.awaitAcknowledged(A, 17);
  }

  @Test
  void aSinkThatAnswersAtOnceDoesNotWakeThePoll() {
    for (int i = 0; i < 50; i++) {
      rig.source.bring(batch(A, i, "m=1"));
    }
    rig.start();
    rig.awaitAcknowledged(A, 50);
    assertThat(rig.source.wakeups.get()).isZero();
  }

  @Test
  void anAnswerFromAnotherThreadWakesThePoll() {
    rig.sink.hold();
    rig.start();
    for (int i = 0; i < 20; i++) {
      rig.source.bring(batch(A, i, "m=1"));
      ScriptedSink.Write write = rig.write(i + 1);
      rig.awaitPolling();
      long begun = System.nanoTime();
      write.answer().complete(Outcome.DONE);
      rig.awaitAcknowledged(A, i + 1);
      if (System.nanoTime() - begun < 100_000_000L) {
        return; // once is proof: without the wakeup the poll of 250 ms goes on
      }
    }
    org.junit.jupiter.api.Assertions.fail("no answer was acknowledged within 100 ms");
  }

  @Test
  void randomTrafficEndsWhereItBelongsAndIsAcknowledgedWhole() {
    java.util.Random random = new java.util.Random(4);
    rig.sink.traits = traits(4, 7, 60, Duration.ofMillis(1));
    java.util.concurrent.ExecutorService others =
        java.util.concurrent.Executors.newFixedThreadPool(3);
    rig.sink.behave(
        write -> {
          others.execute(
              () -> {
                write.answer().complete(Outcome.DONE);
              });
          return write.answer();
        });
    long[] next = new long[2];
    int rows = 0;
    int bad = 0;
    for (int i = 0; i < 300; i++) {
      int which = random.nextInt(2);
      TestEvents events = new TestEvents(which == 0 ? A : B, next[which]);
      for (int e = 0; e < random.nextInt(20); e++) {
        boolean broken = random.nextInt(10) == 0;
        bad += broken ? 1 : 0;
        rows += broken ? 0 : 1;
        events.add(
            (broken ? "boom" : "m=" + next[which])
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        next[which]++;
      }
      rig.source.bring(new EventBatch[] {events});
    }
    rig.start();
    rig.awaitAcknowledged(A, next[0]);
    rig.awaitAcknowledged(B, next[1]);
    others.shutdownNow();
    assertThat(rig.letters).hasSize(bad);
    assertThat(rig.sink.writes.stream().mapToInt(ScriptedSink.Write::rows).sum()).isEqualTo(rows);
    assertThat(rig.meters.gauge("held_bytes")).isZero();
    assertThat(rig.meters.gauge("in_flight")).isZero();
  }
}
