package io.modelvane.engine.pipeline;

import static io.modelvane.engine.TestEvents.batch;
import static io.modelvane.engine.pipeline.Rig.A;
import static io.modelvane.engine.pipeline.Rig.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.Health;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.RowRejection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sinks that take the rows long before they are safe. */
class PipelineTakenTest {
  private static final String LANE = "pipeline p -> store";

  private final Rig rig = new Rig();

  @BeforeEach
  void oneRowAtATime() {
    rig.maxRows = Optional.of(1);
    rig.maxInFlight = Optional.of(1);
    rig.sink.hold();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void bring(int events) {
    for (int i = 0; i < events; i++) {
      rig.source.bring(batch(A, i, "m=" + i));
    }
    rig.start();
  }

  @Test
  void whatIsTakenMakesRoomForTheNextAndIsAcknowledgedWhenItIsStored() {
    bring(3);
    rig.write(1).taken().run();
    rig.write(2).taken().run();
    rig.write(3).taken().run();
    eventually(() -> assertThat(rig.meters.gauge("in_flight")).isZero());
    eventually(() -> assertThat(rig.meters.gauge("held_bytes")).isZero());
    assertThat(rig.source.acknowledged).isEmpty();

    rig.write(2).answer().complete(Outcome.DONE);
    rig.settle();
    assertThat(rig.source.acknowledged).as("the first is not stored").isEmpty();
    rig.write(1).answer().complete(Outcome.DONE);
    rig.awaitAcknowledged(A, 2);
    rig.write(3).answer().complete(Outcome.DONE);
    rig.awaitAcknowledged(A, 3);
  }

  @Test
  void rowsThatOneSinkHasTakenStayForTheOther() {
    ScriptedSink other = new ScriptedSink().hold();
    rig.sinks.add(new NamedSink("other", other));
    bring(1);
    rig.write(1).taken().run();
    rig.settle();
    assertThat(rig.meters.gauge("in_flight")).isEqualTo(1);
    other.writes.get(0).answer().complete(new Outcome.Rejected(List.of(new RowRejection(0, "no"))));
    eventually(() -> assertThat(rig.letters).hasSize(1));
    eventually(() -> assertThat(rig.meters.gauge("in_flight")).isZero());
    assertThat(rig.source.acknowledged).isEmpty();
    rig.write(1).answer().complete(Outcome.DONE);
    rig.awaitAcknowledged(A, 1);
  }

  @Test
  void takenTwiceIsTakenOnce() {
    bring(2);
    rig.write(1).taken().run();
    rig.write(1).taken().run();
    rig.write(2);
    rig.settle();
    assertThat(rig.meters.gauge("in_flight")).isEqualTo(1);
  }

  static List<Outcome> notStored() {
    return List.of(
        new Outcome.Retryable("disk full"),
        new Outcome.Misconfigured("disk full"),
        Outcome.Rejected.of("disk full"),
        new Outcome.Fatal("disk full"));
  }

  @ParameterizedTest
  @MethodSource("notStored")
  void whatIsTakenAndCannotBeStoredStopsThePipelineAndIsNotAcknowledged(Outcome outcome) {
    bring(1);
    rig.write(1).taken().run();
    rig.write(1).answer().complete(outcome);
    rig.awaitEnd();
    assertThat(rig.pipeline().failure().orElseThrow())
        .contains("cannot store what it had taken: disk full");
    assertThat(rig.source.acknowledged).isEmpty();
  }

  @Test
  void aSinkThatThrowsWithWhatItHasTakenStopsThePipeline() {
    bring(1);
    rig.write(1).taken().run();
    rig.write(1).answer().completeExceptionally(new IllegalStateException("boom"));
    rig.awaitEnd();
    assertThat(rig.pipeline().failure().orElseThrow()).contains("boom");
    assertThat(rig.source.acknowledged).isEmpty();
  }

  @Test
  void whatIsTakenAndNotStoredInTimeIsSaidAndWaitedFor() {
    bring(1);
    rig.write(1).taken().run();
    eventually(() -> assertThat(rig.meters.gauge("in_flight")).isZero());
    rig.timer.advance(Duration.ofSeconds(61));
    eventually(
        () ->
            assertThat(rig.health(LANE))
                .isEqualTo(
                    new Health(
                        Health.State.DOWN,
                        "holding, nothing is lost; it has taken a batch and not stored it within"
                            + " PT1M")));
    rig.write(1).answer().complete(Outcome.DONE);
    rig.awaitAcknowledged(A, 1);
    assertThat(rig.health(LANE)).isEqualTo(Health.UP);
  }

  @Test
  void theEndWaitsForWhatIsTaken() {
    bring(1);
    rig.write(1).taken().run();
    eventually(() -> assertThat(rig.meters.gauge("in_flight")).isZero());
    rig.awaitPolling();
    rig.pipeline().stop();
    eventually(() -> assertThat(rig.source.isWaiting()).isFalse());
    rig.write(1).answer().complete(Outcome.DONE);
    rig.awaitEnd();
    assertThat(rig.source.acknowledged).containsEntry(A, 1L);
  }
}
