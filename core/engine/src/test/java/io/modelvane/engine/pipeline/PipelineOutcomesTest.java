package io.modelvane.engine.pipeline;

import static io.modelvane.engine.TestEvents.batch;
import static io.modelvane.engine.pipeline.Rig.A;
import static io.modelvane.engine.pipeline.Rig.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.DataSize;
import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.Health;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.RowRejection;
import io.modelvane.spi.SinkTraits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PipelineOutcomesTest {
  private static final String LANE = "pipeline p -> store";

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  /** Lets the pause that the pipeline chose pass, whatever it is up to {@code most}. */
  private void passPause(int attempts, Duration most) {
    eventually(() -> assertThat(rig.sink.writes).hasSize(attempts));
    eventually(
        () ->
            assertThat(rig.timer.waiting())
                .anySatisfy(millis -> assertThat(millis).isLessThanOrEqualTo(most.toMillis())));
    rig.timer.advance(most);
  }

  @Test
  void aFailureThatMayPassIsTriedAgainWithGrowingPauses() {
    Outcome failure = new Outcome.Retryable("connection reset");
    rig.sink.answerFirst(failure, failure, failure);
    rig.source.bring(batch(A, 0, "m=1"));
    rig.start();
    passPause(1, Duration.ofSeconds(1));
    passPause(2, Duration.ofSeconds(2));
    eventually(
        () ->
            assertThat(rig.health(LANE))
                .isEqualTo(
                    new Health(Health.State.DOWN, "holding, nothing is lost; connection reset")));
    passPause(3, Duration.ofSeconds(4));
    rig.awaitAcknowledged(A, 1);
    assertThat(rig.sink.writes).extracting(ScriptedSink.Write::lines).containsOnly("m v=1 0");
    assertThat(rig.health(LANE)).isEqualTo(Health.UP);
    assertThat(rig.meters.count("retries")).isEqualTo(3);
  }

  @Test
  void oneFailureAloneRaisesNoAlarm() {
    rig.sink.answerFirst(new Outcome.Retryable("connection reset"));
    rig.source.bring(batch(A, 0, "m=1"));
    rig.start();
    eventually(() -> assertThat(rig.meters.count("retries")).isEqualTo(1));
    assertThat(rig.health(LANE)).isEqualTo(Health.UP);
  }

  @Test
  void thePauseThatTheOtherSideAsksForIsKeptToTheMillisecond() {
    rig.sink.answerFirst(new Outcome.Throttled(Duration.ofSeconds(17), "429"));
    rig.source.bring(batch(A, 0, "m=1"));
    rig.start();
    eventually(() -> assertThat(rig.timer.waiting()).containsExactly(17_000L));
    rig.timer.advance(Duration.ofMillis(16_999));
    rig.settle();
    assertThat(rig.sink.writes).hasSize(1);
    rig.timer.advance(Duration.ofMillis(1));
    rig.awaitAcknowledged(A, 1);
  }

  @Test
  void whatOnlyTheOperatorCanMendIsHeldAndSaidAtOnce() {
    rig.sink.answer(new Outcome.Misconfigured("bucket 'insights' is missing; token s3cret"));
    rig.source.bring(batch(A, 0, "m=1"));
    rig.start();
    for (int attempts = 1; attempts <= 7; attempts++) {
      passPause(attempts, Duration.ofSeconds(5));
    }
    rig.write(8);
    assertThat(rig.health(LANE))
        .isEqualTo(
            new Health(
                Health.State.DOWN,
                "holding, nothing is lost; bucket 'insights' is missing; token ****"));
    assertThat(rig.source.acknowledged).isEmpty();
    assertThat(rig.letters).isEmpty();
    rig.sink.answer(Outcome.DONE);
    passPause(8, Duration.ofSeconds(5));
    rig.awaitAcknowledged(A, 1);
    assertThat(rig.health(LANE)).isEqualTo(Health.UP);
  }

  @Test
  void rejectedRowsBecomeDeadLettersWithReasonAndLineAndTheRestIsStored() {
    rig.sink.answer(
        new Outcome.Rejected(
            List.of(
                new RowRejection(2, "field type conflict"),
                new RowRejection(0, "too old"),
                new RowRejection(2, "named twice"))));
    rig.source.bring(batch(A, 30, "m=1", "m=2", "m=3"));
    rig.start();
    rig.awaitAcknowledged(A, 33);
    assertThat(rig.letters)
        .extracting(DeadLetter::stage, DeadLetter::reason, DeadLetter::line)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "sink:store", "field type conflict", Optional.of("m v=3 32")),
            org.assertj.core.groups.Tuple.tuple("sink:store", "too old", Optional.of("m v=1 30")));
    DeadLetter letter = rig.letters.get(0);
    assertThat(letter.event().position().offset()).isEqualTo(32);
    assertThat(letter.event().value()).asString().isEqualTo("m=3");
    assertThat(letter.at()).isEqualTo(rig.clock.instant());
    assertThat(letter.pipeline()).isEqualTo("p");
    assertThat(rig.meters.count("dead_letters")).isEqualTo(2);
  }

  @Test
  void aSinkThatIsBrokenForGoodEndsThePipelineAndNothingIsAcknowledged() {
    rig.sink.answer(new Outcome.Fatal("its disk is gone"));
    rig.source.bring(batch(A, 0, "m=1"));
    rig.start();
    rig.awaitEnd();
    assertThat(rig.pipeline().failure()).contains("a sink gave up: its disk is gone");
    assertThat(rig.health("pipeline p"))
        .isEqualTo(
            new Health(
                Health.State.DOWN,
                "stopped, what is not done will be read again; a sink gave up: its disk is gone"));
    assertThat(rig.source.acknowledged).isEmpty();
    assertThat(rig.source.stops.get()).isEqualTo(1);
  }

  @Test
  void whatWasDoneBeforeTheSinkBrokeIsAcknowledged() {
    rig.sink.traits = new SinkTraits(2, 1, DataSize.ofMebibytes(1), Duration.ZERO);
    rig.sink.hold();
    rig.source.bring(batch(A, 0, "m=1", "m=2"));
    rig.start();
    rig.write(1).answer().complete(Outcome.DONE);
    rig.write(2).answer().complete(new Outcome.Fatal("gone"));
    rig.awaitEnd();
    assertThat(rig.source.acknowledged).containsEntry(A, 1L);
  }

  @Test
  void anAttemptThatTakesTooLongIsMadeAgainAndItsLateAnswerIsIgnored() {
    rig.sink.hold();
    rig.source.bring(batch(A, 0, "m=1"));
    rig.source.bring(batch(A, 1, "m=2"));
    rig.start();
    ScriptedSink.Write slow = rig.write(1);
    rig.timer.advance(Duration.ofSeconds(60));
    passPause(1, Duration.ofSeconds(1));
    ScriptedSink.Write again = rig.write(2);
    slow.answer().complete(new Outcome.Fatal("late"));
    rig.settle();
    assertThat(rig.source.acknowledged).isEmpty();
    again.answer().complete(Outcome.DONE);
    rig.write(3).answer().complete(Outcome.DONE);
    rig.awaitAcknowledged(A, 2);
    assertThat(rig.isRunning()).isTrue();
    assertThat(rig.write(3).lines()).isEqualTo("m v=2 1");
  }

  @Test
  void aLateRejectionOfWhatIsStoredByNowIsIgnored() {
    rig.sink.hold();
    rig.source.bring(batch(A, 0, "m=1"));
    rig.start();
    ScriptedSink.Write slow = rig.write(1);
    rig.timer.advance(Duration.ofSeconds(60));
    passPause(1, Duration.ofSeconds(1));
    rig.write(2).answer().complete(Outcome.DONE);
    rig.awaitAcknowledged(A, 1);
    slow.answer().complete(Outcome.Rejected.of("late"));
    rig.settle();
    assertThat(rig.isRunning()).isTrue();
    assertThat(rig.letters).isEmpty();
  }

  @Test
  void aLateAnswerDoesNotCountTwice() {
    rig.sink.hold();
    rig.source.bring(batch(A, 0, "m=1"));
    rig.start();
    ScriptedSink.Write slow = rig.write(1);
    rig.timer.advance(Duration.ofSeconds(60));
    passPause(1, Duration.ofSeconds(1));
    rig.write(2).answer().complete(Outcome.DONE);
    rig.awaitAcknowledged(A, 1);
    slow.answer().complete(Outcome.DONE);
    rig.settle();
    assertThat(rig.meters.gauge("in_flight")).isZero();
  }

  @Test
  void aSinkThatThrowsIsTriedFiveTimesAndThenCutOff() {
    rig.sink.behave(
        write -> {
          throw new IllegalStateException("no socket, s3cret");
        });
    failsUntilCutOff("the sink failed: java.lang.IllegalStateException: no socket, ");
  }

  @Test
  void aStageThatFailsCountsAsThrown() {
    rig.sink.behave(
        write ->
            CompletableFuture.supplyAsync(
                () -> {
                  throw new IllegalStateException("no socket");
                }));
    failsUntilCutOff("the sink failed: java.lang.IllegalStateException: no socket");
  }

  @Test
  void aSinkThatThrowsAnErrorHasADefect() {
    rig.sink.behave(
        write -> {
          throw new AssertionError("no socket");
        });
    failsUntilCutOff("the sink failed: java.lang.AssertionError: no socket");
  }

  @Test
  void aSinkThatReturnsNoStageHasADefect() {
    rig.sink.behave(write -> null);
    failsUntilCutOff("sink 'store' answered nothing: a defect of the plugin");
  }

  @Test
  @SuppressWarnings("NullAway") // what a careless plugin does
  void aSinkThatAnswersNullHasADefect() {
    rig.sink.behave(write -> CompletableFuture.completedFuture(null));
    failsUntilCutOff("sink 'store' answered nothing: a defect of the plugin");
  }

  @Test
  void aSinkThatRejectsARowThatIsNotThereHasADefect() {
    rig.sink.answer(new Outcome.Rejected(List.of(new RowRejection(1, "?"))));
    failsUntilCutOff("it rejected a row that a batch of 1 does not have");
    assertThat(rig.letters).isEmpty();
  }

  private void failsUntilCutOff(String reason) {
    rig.source.bring(batch(A, 0, "m=1"));
    rig.start();
    for (int attempts = 1; attempts <= 5; attempts++) {
      passPause(attempts, Duration.ofSeconds(8));
    }
    rig.awaitEnd();
    assertThat(rig.sink.writes).hasSize(6);
    assertThat(rig.pipeline().failure().orElseThrow()).contains(reason);
    assertThat(rig.health("pipeline p").reason()).doesNotContain("s3cret");
    assertThat(rig.source.acknowledged).isEmpty();
  }

  @Test
  void anAnswerBetweenDefectsPardonsThem() {
    int[] calls = {0};
    rig.sink.behave(
        write -> {
          if (calls[0]++ % 2 == 0) {
            throw new IllegalStateException("flaky");
          }
          return CompletableFuture.completedFuture(Outcome.DONE);
        });
    rig.start();
    for (int i = 0; i < 8; i++) {
      rig.source.bring(batch(A, i, "m=1"));
      passPause(2 * i + 1, Duration.ofSeconds(1));
      rig.awaitAcknowledged(A, i + 1);
    }
    assertThat(rig.isRunning()).isTrue();
  }

  @Test
  void deadLettersThatCannotBeKeptHoldTheBatch() {
    int[] calls = {0};
    rig.deadLetters =
        letters -> {
          rig.letters.addAll(letters);
          return switch (calls[0]++) {
            case 0 -> new Outcome.Retryable("disk full, s3cret");
            case 1 -> throw new IllegalStateException("broken");
            case 2 -> throw new StackOverflowError();
            default -> Outcome.DONE;
          };
        };
    rig.source.bring(batch(A, 0, "bad 1", "m=1"));
    rig.start();
    eventually(
        () ->
            assertThat(rig.health("pipeline p -> dead letters"))
                .isEqualTo(
                    new Health(Health.State.DOWN, "holding, nothing is lost; disk full, ****")));
    for (int attempts = 1; attempts <= 3; attempts++) {
      int expected = attempts;
      eventually(() -> assertThat(rig.letters).hasSize(expected));
      eventually(
          () -> assertThat(rig.timer.waiting()).isNotEmpty().allMatch(rest -> rest <= 8_000));
      assertThat(rig.source.acknowledged).isEmpty();
      rig.timer.advance(Duration.ofSeconds(8));
    }
    rig.awaitAcknowledged(A, 2);
    assertThat(rig.health("pipeline p -> dead letters")).isEqualTo(Health.UP);
    assertThat(rig.sink.writes).as("the sink is not asked again").hasSize(1);
  }

  @Test
  void twoPipelinesDoNotShareTheirTroubles() {
    try (Rig other = new Rig()) {
      other.name = "other";
      rig.sink.answer(new Outcome.Fatal("gone"));
      rig.source.bring(batch(A, 0, "m=1"));
      rig.start();
      other.start();
      rig.awaitEnd();
      for (int i = 0; i < 5; i++) {
        other.source.bring(batch(A, i, "m=1"));
      }
      other.awaitAcknowledged(A, 5);
      assertThat(other.isRunning()).isTrue();
    }
  }
}
