package io.modelvane.influx;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.influx.Answer.Manner;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.PointBatch;
import io.modelvane.testkit.TestContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several writes at once, their buffers, and stopping in the middle of them. */
class InFlightTest {
  private final TestContext context = Settings.context();

  @AfterEach
  void endThreads() {
    context.close();
  }

  @Test
  void asManyWritesAsAllowedAreUnderWayAtOnceAndNoMore() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch three = new CountDownLatch(3);
    try (ScriptedServer server =
        ScriptedServer.of(
            r -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              three.countDown();
              // Only with three at once does anybody get an answer.
              boolean met = await(three);
              now.decrementAndGet();
              return met ? Answer.stored() : Answer.of(503, "");
            })) {
      InfluxSink sink = started(server, 3);
      List<CompletableFuture<Outcome>> writes =
          IntStream.range(0, 30)
              .mapToObj(i -> sink.write(Batches.good(10)).toCompletableFuture())
              .toList();
      assertThat(writes).allSatisfy(w -> assertThat(w.get()).isEqualTo(Outcome.DONE));
      sink.stop();
    }
    assertThat(most).hasValue(3);
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private InfluxSink started(ScriptedServer server, int inFlight) throws Exception {
    InfluxSink sink =
        new InfluxSink(Settings.of(server.url()).maxInFlight(inFlight).make(), context);
    sink.start();
    return sink;
  }

  @Test
  void buffersUsedAgainNeverMixWrites() throws Exception {
    try (ScriptedServer server = ScriptedServer.of(r -> Answer.stored())) {
      InfluxSink sink = started(server, 4);
      Set<String> wanted = new HashSet<>();
      List<CompletableFuture<Outcome>> writes = new ArrayList<>();
      for (int i = 1; i <= 200; i++) {
        PointBatch batch = Batches.good(1 + i * 37 % 500);
        wanted.add(batch.toString() + "\n");
        writes.add(sink.write(batch).toCompletableFuture());
      }
      writes.forEach(CompletableFuture::join);
      sink.stop();
      assertThat(server.received()).hasSize(200);
      assertThat(server.received()).allSatisfy(r -> assertThat(wanted).contains(r.body()));
    }
  }

  @Test
  void bufferIsLentToOneWriteAtATimeAndThenUsedAgain() {
    Buffers buffers = new Buffers(2);
    byte[] first = buffers.take(100);
    byte[] second = buffers.take(100);
    assertThat(second).isNotSameAs(first);
    buffers.give(first);
    assertThat(buffers.take(90)).isSameAs(first);
    buffers.give(second);
    assertThat(buffers.take(10_000).length).isGreaterThanOrEqualTo(10_000);
  }

  @Test
  void hugeBuffersAreNotKept() {
    Buffers buffers = new Buffers(2);
    byte[] huge = buffers.take(9 << 20);
    buffers.give(huge);
    assertThat(buffers.take(10)).isNotSameAs(huge);
  }

  @Test
  void bufferOfAWriteWithoutAnAnswerIsNotLentAgain() throws Exception {
    try (ScriptedServer server = ScriptedServer.of(r -> Answer.stored().sent(Manner.RESET))) {
      InfluxConnection connection =
          InfluxConnection.open(Settings.of(server.url()).make(), context.executor());
      Buffers buffers = new Buffers(2);
      byte[] marked = buffers.take(4_000);
      buffers.give(marked);
      InfluxOptions options = Settings.of(server.url()).make();
      Sender sender =
          new Sender(
              connection.writes(),
              WriteTarget.of(options),
              new Judge(options, context),
              buffers,
              context.meters());
      Verdict verdict = sender.send(Rows.all(Batches.good(2)), false).get(10, TimeUnit.SECONDS);
      assertThat(verdict).isInstanceOf(Verdict.Failed.class);
      assertThat(buffers.take(10)).isNotSameAs(marked);
      connection.close();
    }
  }

  @Test
  void stopCutsOffWhatIsUnderWayAndAnswersIt() throws Exception {
    try (ScriptedServer server = ScriptedServer.of(r -> Answer.stored().sent(Manner.HANGING))) {
      InfluxSink sink = started(server, 2);
      List<CompletableFuture<Outcome>> writes =
          IntStream.range(0, 5)
              .mapToObj(i -> sink.write(Batches.good(3)).toCompletableFuture())
              .toList();
      Awaitility.await().until(() -> server.received().size() == 2);

      sink.stop();
      sink.stop();

      for (CompletableFuture<Outcome> write : writes) {
        Outcome outcome = write.get(20, TimeUnit.SECONDS);
        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.RETRYABLE);
        assertThat(outcome.reason()).contains("was closed");
      }
      assertThat(Batches.write(sink, Batches.good(1)).kind()).isEqualTo(Outcome.Kind.RETRYABLE);
    }
  }

  @Test
  void huntEndsWithTheSink() throws Exception {
    CountDownLatch begun = new CountDownLatch(4);
    try (ScriptedServer server =
        ScriptedServer.of(
            r -> {
              begun.countDown();
              return Answer.v2(400, "invalid", "something is bad");
            })) {
      InfluxSink sink = started(server, 2);
      CompletableFuture<Outcome> write = sink.write(Batches.good(5_000)).toCompletableFuture();
      assertThat(await(begun)).isTrue();
      sink.stop();
      assertThat(write.get(20, TimeUnit.SECONDS).kind()).isEqualTo(Outcome.Kind.RETRYABLE);
    }
  }

  @Test
  void sinkWorksAgainAfterStopAndStart() throws Exception {
    try (ScriptedServer server = ScriptedServer.of(r -> Answer.stored())) {
      InfluxSink sink = started(server, 2);
      for (int round = 0; round < 3; round++) {
        assertThat(Batches.write(sink, Batches.good(1))).isEqualTo(Outcome.DONE);
        sink.stop();
        sink.start();
      }
      sink.stop();
      assertThat(server.received()).hasSize(3);
    }
  }

  @Test
  void stopLeavesNoThreadOfTheClientBehind() throws Exception {
    Set<Thread> others = Thread.getAllStackTraces().keySet(); // of sinks of other tests
    CountDownLatch watched = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    CompletableFuture<Void> tail;
    try (ScriptedServer server =
        ScriptedServer.of(
            r -> {
              boolean answers = r.body().isEmpty() || await(watched);
              return answers ? Answer.stored() : Answer.of(503, "");
            })) {
      InfluxSink sink = started(server, 2);
      tail =
          sink.write(Batches.good(1))
              .thenRun(answered::countDown)
              .thenRun(() -> LockSupport.parkNanos(200_000_000))
              .toCompletableFuture();
      watched.countDown();
      assertThat(await(answered)).isTrue();
      sink.stop(); // while the client's thread is still at it
    }
    assertThat(tail).isDone();
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !others.contains(thread))
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("OkHttp http") || name.startsWith("OkHttp Dispatcher"));
  }

  @Test
  void emptyBatchIsDoneWithoutARequest() throws Exception {
    try (ScriptedServer server = ScriptedServer.of(r -> Answer.stored())) {
      InfluxSink sink = started(server, 2);
      assertThat(Batches.write(sink, Batches.good(0))).isEqualTo(Outcome.DONE);
      sink.stop();
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void connectionIsUsedAgain() throws Exception {
    try (ScriptedServer server = ScriptedServer.of(r -> Answer.stored())) {
      InfluxSink sink = started(server, 1);
      for (int i = 0; i < 20; i++) {
        Batches.write(sink, Batches.good(1));
      }
      sink.stop();
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void answerThatComesTooLateCountsAsNone() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (ScriptedServer server =
        ScriptedServer.of(
            r ->
                calls.getAndIncrement() == 0
                    ? Answer.stored().sent(Manner.HANGING)
                    : Answer.stored())) {
      InfluxSink sink =
          new InfluxSink(Settings.of(server.url()).timeout(Duration.ofSeconds(1)).make(), context);
      sink.start();
      assertThat(Batches.write(sink, Batches.good(1)).reason()).contains("within 1 s");
      assertThat(Batches.write(sink, Batches.good(1))).isEqualTo(Outcome.DONE);
      sink.stop();
    }
  }
}
