package io.modelvane.engine.pipeline;

import static io.modelvane.engine.TestEvents.batch;
import static io.modelvane.engine.pipeline.Rig.A;
import static io.modelvane.engine.pipeline.Rig.B;
import static io.modelvane.engine.pipeline.Rig.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.DataSize;
import io.modelvane.spi.Health;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.SinkTraits;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PipelineSplitsTest {
  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  private void traits(int inFlight, int rows, Duration linger) {
    rig.sink.traits = new SinkTraits(inFlight, rows, DataSize.ofMebibytes(1), linger);
  }

  @Test
  void aSplitIsGivenUpOnlyWhenWhatIsInFlightIsDoneAndAcknowledged() {
    traits(1, 1, Duration.ZERO);
    rig.sink.hold();
    rig.source.bring(batch(A, 0, "m=1", "m=2"));
    rig.start();
    rig.write(1);
    rig.source.revoke(A);
    rig.write(1).answer().complete(Outcome.DONE);
    rig.write(2).answer().complete(Outcome.DONE);
    rig.awaitAcknowledged(A, 2);
  }

  @Test
  void whatWaitsForCompanyIsSentWhenItsSplitGoes() {
    traits(1, 1000, Duration.ofDays(1));
    rig.source.bring(batch(A, 0, "m=1"));
    rig.source.revoke(A);
    rig.start();
    rig.awaitAcknowledged(A, 1);
  }

  @Test
  void aSplitThatCannotBeDrainedInTimeGoesUnacknowledged() {
    rig.sink.hold();
    rig.source.revokeLimit = Duration.ofMillis(30);
    rig.source.bring(batch(A, 0, "m=1"));
    rig.start();
    rig.write(1);
    rig.source.revoke(A);
    rig.source.bring(batch(B, 0, "m=2"));
    rig.settle();
    rig.write(1).answer().complete(Outcome.DONE);
    rig.write(2).answer().complete(Outcome.DONE);
    rig.awaitAcknowledged(B, 1);
    assertThat(rig.source.acknowledged).doesNotContainKey(A);
  }

  @Test
  void aLostSplitIsForgottenAtOnce() {
    rig.sink.hold();
    rig.source.bring(batch(A, 0, "m=1"));
    rig.start();
    rig.write(1);
    rig.source.lose(A);
    rig.settle();
    rig.write(1).answer().complete(Outcome.DONE);
    rig.settle();
    assertThat(rig.source.acknowledged).isEmpty();
    rig.source.bring(batch(A, 0, "m=1"));
    rig.write(2).answer().complete(Outcome.DONE);
    rig.awaitAcknowledged(A, 1);
  }

  @Test
  void stoppingDrainsAcknowledgesAndThenStopsTheSource() {
    traits(1, 1000, Duration.ofDays(1));
    rig.sink.hold();
    rig.source.bring(batch(A, 0, "m=1"));
    rig.start();
    eventually(() -> assertThat(rig.meters.count("events")).isEqualTo(1));
    rig.pipeline().stop();
    rig.write(1);
    assertThat(rig.source.stops.get()).isZero();
    rig.write(1).answer().complete(Outcome.DONE);
    rig.awaitEnd();
    assertThat(rig.source.acknowledged).containsEntry(A, 1L);
    assertThat(rig.source.stops.get()).isEqualTo(1);
    assertThat(rig.pipeline().failure()).isEmpty();
  }

  @Test
  void stoppingKeepsItsTimeLimitAlthoughTheSourceWouldWaitLonger() {
    rig.sink.hold();
    rig.source.revokeLimit = Duration.ofSeconds(60);
    rig.source.bring(batch(A, 0, "m=1"));
    rig.start(Duration.ofMillis(50));
    rig.write(1);
    long begun = System.nanoTime();
    rig.pipeline().stop();
    rig.awaitEnd();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    assertThat(rig.source.acknowledged).isEmpty();
  }

  @Test
  void stoppingWakesAnIdlePoll() {
    rig.start();
    rig.awaitPolling();
    rig.pipeline().stop();
    rig.awaitEnd();
  }

  @Test
  void stoppingBeforeTheStartIsRemembered() {
    rig.start();
    rig.pipeline().stop();
    rig.pipeline().stop();
    rig.awaitEnd();
    assertThat(rig.source.stops.get()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"RETRYABLE", "MISCONFIGURED"})
  void aSourceInTroubleIsReportedAndPolledAgain(Outcome.Kind kind) {
    rig.source.fail(new ComponentException(kind, "broker away, s3cret"));
    rig.start();
    eventually(
        () ->
            assertThat(rig.health("pipeline p"))
                .isEqualTo(new Health(Health.State.DOWN, "broker away, ****")));
    rig.source.bring(batch(A, 0, "m=1"));
    rig.awaitAcknowledged(A, 1);
    assertThat(rig.health("pipeline p")).isEqualTo(Health.UP);
  }

  @Test
  void aSourceThatAsksForAPauseGetsItAndWorkGoesOnMeanwhile() {
    rig.sink.hold();
    traits(2, 10, Duration.ZERO);
    rig.source.bring(batch(A, 0, "m=1"));
    rig.source.fail(ComponentException.throttled(Duration.ofMillis(400), "slow down"));
    long begun = System.nanoTime();
    rig.start();
    rig.write(1);
    eventually(() -> assertThat(rig.health("pipeline p").state()).isEqualTo(Health.State.DOWN));
    int polls = rig.source.polls.get();
    rig.write(1).answer().complete(Outcome.DONE);
    eventually(() -> assertThat(rig.meters.gauge("in_flight")).isZero());
    eventually(() -> assertThat(rig.source.polls.get()).isGreaterThan(polls));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(399));
  }

  @Test
  void stoppingDoesNotWaitForThePauseOfASource() {
    rig.source.fail(ComponentException.throttled(Duration.ofMinutes(9), "slow down"));
    rig.start();
    eventually(() -> assertThat(rig.health("pipeline p").state()).isEqualTo(Health.State.DOWN));
    rig.pipeline().stop();
    rig.awaitEnd();
  }

  @Test
  void aSourceThatGivesUpEndsThePipeline() {
    rig.source.fail(new ComponentException(Outcome.Kind.FATAL, "topic id changed"));
    rig.start();
    rig.awaitEnd();
    assertThat(rig.pipeline().failure()).contains("its source gave up: topic id changed");
    assertThat(rig.source.stops.get()).isEqualTo(1);
  }
}
