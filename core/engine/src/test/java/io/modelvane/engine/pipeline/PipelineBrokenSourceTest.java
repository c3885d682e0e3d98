package io.modelvane.engine.pipeline;

import static io.modelvane.engine.TestEvents.batch;
import static io.modelvane.engine.pipeline.Rig.A;
import static io.modelvane.engine.pipeline.Rig.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.engine.LogTap;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.DataSize;
import io.modelvane.spi.Health;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.SinkTraits;
import java.time.Duration;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PipelineBrokenSourceTest {
  private static final String AGAIN =
      "; it is started again and reads what is not stored once more";

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  private void throwing(RuntimeException defect) {
    rig.source.then(
        listener -> {
          throw defect;
        });
  }

  private void awaitDown(String reason) {
    eventually(
        () ->
            assertThat(rig.health("pipeline p")).isEqualTo(new Health(Health.State.DOWN, reason)));
  }

  @Test
  void oneThatThrowsIsNamedAndStartedAgain() {
    rig.source.bring(batch(A, 0, "m=1"));
    throwing(new IllegalStateException("lost s3cret count"));
    rig.start();
    awaitDown(
        "source 'source' failed: java.lang.IllegalStateException: lost **** count: a defect of"
            + " the plugin"
            + AGAIN);
    rig.source.bring(batch(A, 1, "m=2"));
    rig.awaitAcknowledged(A, 2);
    assertThat(rig.source.stops.get()).isEqualTo(1);
    assertThat(rig.source.starts.get()).isEqualTo(1);
    assertThat(rig.isRunning()).isTrue();
  }

  @Test
  @SuppressWarnings("NullAway") // what a careless plugin does
  void oneThatAnswersNothingIsNamedAndStartedAgain() {
    rig.source.then(listener -> null);
    rig.start();
    awaitDown("source 'source' answered nothing: a defect of the plugin" + AGAIN);
    rig.source.bring(batch(A, 0, "m=1"));
    rig.awaitAcknowledged(A, 1);
  }

  @Test
  void oneThatWasStartedAgainIsCalledMendedAfterItsTrial() {
    throwing(new IllegalStateException("lost count"));
    rig.start();
    rig.source.bring(batch(A, 0, "m=1"));
    rig.awaitAcknowledged(A, 1);
    assertThat(rig.health("pipeline p").state()).isEqualTo(Health.State.DOWN);
    rig.timer.advance(SourceLane.TRIAL);
    eventually(() -> assertThat(rig.health("pipeline p")).isEqualTo(Health.UP));
  }

  @Test
  void whatWasNotStoredWhenItFailedIsReadOnceMore() {
    rig.sink.hold();
    rig.sink.traits = new SinkTraits(4, 10, DataSize.ofMebibytes(1), Duration.ZERO);
    rig.source.revokeLimit = Duration.ofMillis(30);
    rig.source.bring(batch(A, 0, "m=1"));
    rig.start();
    rig.write(1);
    throwing(new IllegalStateException("lost count"));
    rig.source.bring(batch(A, 0, "m=1"));
    rig.write(2);
    rig.write(1).answer().complete(Outcome.DONE);
    rig.settle();
    assertThat(rig.source.acknowledged).isEmpty();
    rig.write(2).answer().complete(Outcome.DONE);
    rig.awaitAcknowledged(A, 1);
  }

  @Test
  void whatIsInFlightWhenItFailsIsStoredAndAcknowledgedFirst() {
    rig.sink.hold();
    rig.source.bring(batch(A, 0, "m=1"));
    rig.start();
    rig.write(1);
    throwing(new IllegalStateException("lost count"));
    eventually(() -> assertThat(rig.source.stops.get()).isEqualTo(1));
    assertThat(rig.source.starts.get()).isZero();
    rig.write(1).answer().complete(Outcome.DONE);
    rig.awaitAcknowledged(A, 1);
    eventually(() -> assertThat(rig.source.starts.get()).isEqualTo(1));
  }

  @Test
  void oneThatFailsAgainAndAgainIsLoggedOnce() {
    List<String> said = new CopyOnWriteArrayList<>();
    List<LogTap> taps =
        List.of(
            new LogTap("pipeline under test", said),
            new LogTap("io.modelvane.engine.observe", said));
    try {
      failFourTimes();
    } finally {
      taps.forEach(LogTap::close);
    }
    assertThat(said).hasSize(2);
    assertThat(said.get(0)).isEqualTo("source 'source' has a defect");
    assertThat(said.get(1)).startsWith("pipeline p: source 'source' failed: ");
  }

  private void failFourTimes() {
    for (int i = 0; i < 4; i++) {
      throwing(new IllegalStateException("lost count"));
      rig.source.then(listener -> List.of());
    }
    rig.start();
    rig.source.bring(batch(A, 0, "m=1"));
    rig.awaitAcknowledged(A, 1);
    assertThat(rig.source.starts.get()).isEqualTo(4);
  }

  @Test
  void oneThatThrowsWhenItHearsOfAnAcknowledgementIsStartedAgain() {
    rig.source.acknowledging =
        () -> {
          throw new IllegalStateException("cannot count");
        };
    rig.source.bring(batch(A, 0, "m=1"));
    rig.start();
    eventually(() -> assertThat(rig.source.starts.get()).isEqualTo(1));
    assertThat(rig.health("pipeline p").reason()).contains("cannot count");
    rig.source.bring(batch(A, 0, "m=1"));
    rig.awaitAcknowledged(A, 1);
  }

  @Test
  void oneThatThrowsErrorsWhereverItIsAskedIsStartedAgain() {
    Runnable erring =
        () -> {
          throw new AssertionError("cannot count");
        };
    rig.source.acknowledging = erring;
    rig.source.stopping = erring;
    rig.source.waking = erring;
    rig.source.startFailures.add(new AssertionError("lost its keys"));
    rig.source.bring(batch(A, 0, "m=1"));
    rig.source.then(
        listener -> {
          throw new ServiceConfigurationError("no codec");
        });
    rig.start();
    eventually(() -> assertThat(rig.source.starts.get()).isGreaterThanOrEqualTo(2));
    rig.source.bring(batch(A, 0, "m=1"));
    rig.awaitAcknowledged(A, 1);
    assertThat(rig.isRunning()).isTrue();
  }

  @Test
  void whatTheVirtualMachineCannotSurviveEndsThePipeline() {
    rig.source.then(
        listener -> {
          throw new OutOfMemoryError("of a test");
        });
    rig.start();
    rig.awaitEnd();
    assertThat(rig.pipeline().failure().orElse("")).contains("OutOfMemoryError: of a test");
    assertThat(rig.health("pipeline p").state()).isEqualTo(Health.State.DOWN);
    assertThat(rig.source.starts.get()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"RETRYABLE", "MISCONFIGURED"})
  void oneThatDoesNotStartAgainIsTriedUntilItDoes(Outcome.Kind kind) {
    throwing(new IllegalStateException("lost count"));
    rig.source.startFailures.add(new ComponentException(kind, "broker away"));
    rig.source.startFailures.add(new IllegalStateException("lost its keys"));
    rig.start();
    rig.source.bring(batch(A, 0, "m=1"));
    rig.awaitAcknowledged(A, 1);
    assertThat(rig.source.starts.get()).isEqualTo(3);
  }

  @Test
  void oneThatGivesUpWhenItIsStartedAgainEndsThePipeline() {
    throwing(new IllegalStateException("lost count"));
    rig.source.startFailures.add(new ComponentException(Outcome.Kind.FATAL, "topic id changed"));
    rig.start();
    rig.awaitEnd();
    assertThat(rig.pipeline().failure()).contains("its source gave up: topic id changed");
  }

  @Test
  void oneThatInterruptsThePipelineDoesNotEndIt() {
    rig.source.bring(batch(A, 0, "m=1"));
    rig.source.then(
        listener -> {
          Thread.currentThread().interrupt();
          return List.of(batch(A, 1, "m=2"));
        });
    rig.start();
    eventually(() -> assertThat(rig.source.starts.get()).isEqualTo(1));
    assertThat(rig.health("pipeline p").reason())
        .contains("has interrupted the thread of the pipeline");
    rig.source.bring(batch(A, 2, "m=3"));
    rig.awaitAcknowledged(A, 3);
  }

  @Test
  void oneThatLacksAClassEndsThePipelineWithItsName() {
    rig.source.then(
        listener -> {
          throw new NoClassDefFoundError("acme/Codec");
        });
    rig.start();
    rig.awaitEnd();
    assertThat(rig.pipeline().failure().orElse(""))
        .matches("its source gave up: source 'source' failed: .*Codec: a defect of the plugin");
    assertThat(rig.health("pipeline p").state()).isEqualTo(Health.State.DOWN);
  }
}
