package io.modelvane.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.engine.config.PipelineOptions;
import io.modelvane.engine.observe.HealthBoard;
import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.Decoder;
import io.modelvane.spi.Health;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.RetryPolicy;
import io.modelvane.spi.Split;
import io.modelvane.spi.Transform;
import io.modelvane.testkit.RecordingMeters;
import io.modelvane.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/** A pipeline between scripted parts, on a thread of its own. */
final class Rig implements AutoCloseable {
  static final Split A = new Split("calls", 0);
  static final Split B = new Split("calls", 1);

  final ScriptedSource source = new ScriptedSource();
  final ScriptedSink sink = new ScriptedSink();
  final List<NamedSink> sinks = new ArrayList<>(List.of(new NamedSink("store", sink)));
  final List<Transform> transforms = new ArrayList<>();
  final List<DeadLetter> letters = new CopyOnWriteArrayList<>();
  final ManualTimer timer = new ManualTimer();
  final TestClock clock = TestClock.at(Instant.parse("2026-11-26T12:00:00Z"));
  final RecordingMeters meters = new RecordingMeters();
  final HealthBoard health = new HealthBoard(reason -> reason.replace("s3cret", "****"));
  final List<Throwable> escaped = new CopyOnWriteArrayList<>();
  Decoder decoder = new WordDecoder();
  DeadLetterPort deadLetters =
      given -> {
        letters.addAll(given);
        return Outcome.DONE;
      };
  Optional<Integer> maxRows = Optional.empty();
  Optional<Integer> maxInFlight = Optional.empty();
  Optional<Duration> linger = Optional.empty();
  String name = "p";

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private @Nullable Pipeline pipeline;
  private @Nullable Thread thread;

  /** Waits for something that other threads do. */
  static void eventually(ThrowingRunnable assertion) {
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(assertion);
  }

  Rig start() {
    return start(Duration.ofSeconds(5));
  }

  Rig start(Duration drain) {
    PipelineOptions options =
        new PipelineOptions(
            "source",
            List.of(),
            List.of(),
            new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ofMinutes(10)),
            maxRows,
            linger,
            maxInFlight,
            Duration.ofSeconds(60));
    PipelineParts parts =
        new PipelineParts(name, options, source, decoder, named(), sinks, deadLetters);
    PipelineServices services =
        new PipelineServices(
            clock, timer, executor, meters, health, System.getLogger("pipeline under test"));
    Pipeline made = new Pipeline(parts, services);
    source.subscribe(made);
    Thread runner = new Thread(() -> made.run(drain), "pipeline-under-test");
    runner.setUncaughtExceptionHandler((t, failure) -> escaped.add(failure));
    pipeline = made; // before the start: what the source is told to do may ask for it
    thread = runner;
    runner.start();
    return this;
  }

  Pipeline pipeline() {
    return java.util.Objects.requireNonNull(pipeline);
  }

  /** The transforms are called {@code t1}, {@code t2} and so on. */
  private List<NamedTransform> named() {
    List<NamedTransform> named = new ArrayList<>();
    for (Transform transform : transforms) {
      named.add(new NamedTransform("t" + (named.size() + 1), transform));
    }
    return named;
  }

  /** Waits until so many attempts have been made, and gives the last. */
  ScriptedSink.Write write(int number) {
    eventually(() -> assertThat(sink.writes).hasSizeGreaterThanOrEqualTo(number));
    return sink.writes.get(number - 1);
  }

  void awaitAcknowledged(Split split, long offset) {
    eventually(() -> assertThat(source.acknowledged).containsEntry(split, offset));
  }

  /** Lets everything that is on its way arrive: the thread has polled twice more. */
  void settle() {
    int before = source.polls.get();
    eventually(
        () -> {
          source.wakeup();
          assertThat(source.polls.get()).isGreaterThan(before + 2);
        });
  }

  void awaitPolling() {
    eventually(() -> assertThat(source.isWaiting()).isTrue());
  }

  Health health(String part) {
    return health.get(part);
  }

  boolean isRunning() {
    return java.util.Objects.requireNonNull(thread).isAlive();
  }

  void awaitEnd() {
    eventually(() -> assertThat(isRunning()).isFalse());
  }

  @Override
  public void close() {
    if (pipeline != null) {
      pipeline.stop();
      sink.writes.forEach(write -> write.answer().complete(Outcome.DONE));
      Thread runner = java.util.Objects.requireNonNull(thread);
      try {
        runner.join(300);
        runner.interrupt();
        runner.join(5000);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      assertThat(runner.isAlive()).isFalse();
    }
    timer.shutdownNow();
    executor.shutdownNow();
    assertThat(escaped).isEmpty();
  }
}
