package io.modelvane.engine.pipeline;

import static io.modelvane.engine.TestEvents.batch;
import static io.modelvane.engine.pipeline.Rig.A;
import static io.modelvane.engine.pipeline.Rig.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.EventBatch;
import io.modelvane.spi.Health;
import io.modelvane.spi.Outcome;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One batch that the store does not take, while it takes all others. */
class PipelineHeldTest {
  private static final String LANE = "pipeline p -> store";
  private static final Health HOLDING =
      new Health(Health.State.DOWN, "holding, nothing is lost; 500: a row it cannot bear");

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  /** Answers as told where the row is in the batch, and takes everything else. */
  private void refuse(String row, Outcome answer) {
    rig.sink.behave(
        write ->
            CompletableFuture.completedFuture(write.lines().contains(row) ? answer : Outcome.DONE));
  }

  @Test
  void whatWorksBesideABatchThatIsHeldDoesNotCallTheSinkMended() {
    rig.maxInFlight = Optional.of(2);
    refuse("v=13", new Outcome.Retryable("500: a row it cannot bear"));
    rig.source.bring(batch(A, 0, "m=13"));
    rig.start();
    rig.write(1);
    eventually(() -> assertThat(rig.timer.waiting()).isNotEmpty());
    rig.timer.advance(Duration.ofSeconds(1));
    eventually(() -> assertThat(rig.health(LANE)).isEqualTo(HOLDING));

    rig.source.bring(batch(A, 1, "m=1"));
    rig.write(3);
    rig.settle();
    assertThat(rig.health(LANE)).isEqualTo(HOLDING);
    assertThat(rig.source.acknowledged).isEmpty();

    rig.sink.answer(Outcome.DONE);
    rig.timer.advance(Duration.ofSeconds(2));
    rig.awaitAcknowledged(A, 2);
    assertThat(rig.health(LANE)).isEqualTo(Health.UP);
  }

  @Test
  void readingBeyondABatchThatIsHeldComesToAnEnd() {
    rig.maxInFlight = Optional.of(2);
    CompletableFuture<Outcome> first = new CompletableFuture<>();
    rig.sink.behave(
        write ->
            rig.sink.writes.size() == 1 ? first : CompletableFuture.completedFuture(Outcome.DONE));
    rig.decoder = (events, rows) -> {};
    int size = 100_000;
    String[] events = Collections.nCopies(size, "m=1").toArray(String[]::new);
    int batches = (int) (Pipeline.MOST_AHEAD / size) + 2;
    for (int i = 0; i < batches; i++) {
      EventBatch more = batch(A, (long) i * size, events);
      rig.source.bring(more);
    }
    rig.start();
    eventually(
        () -> assertThat(rig.meters.count("events")).isGreaterThanOrEqualTo(Pipeline.MOST_AHEAD));
    rig.settle();
    assertThat(rig.source.isPaused()).isTrue();
    assertThat(rig.meters.count("events"))
        .isBetween(Pipeline.MOST_AHEAD, Pipeline.MOST_AHEAD + size);

    first.complete(Outcome.DONE);
    rig.awaitAcknowledged(A, (long) batches * size);
  }

  @Test
  void aLongPauseIsSaidWhenItBegins() {
    rig.sink.answer(new Outcome.Throttled(Duration.ofSeconds(45), "503: maintenance"));
    rig.source.bring(batch(A, 0, "m=1"));
    rig.start();
    eventually(
        () ->
            assertThat(rig.health(LANE))
                .isEqualTo(
                    new Health(Health.State.DOWN, "holding, nothing is lost; 503: maintenance")));
    assertThat(rig.sink.writes).hasSize(1);
  }

  @Test
  void aFailureThatTookLongIsSaidWhenItIsKnown() {
    rig.sink.hold();
    rig.source.bring(batch(A, 0, "m=1"));
    rig.start();
    ScriptedSink.Write write = rig.write(1);
    rig.clock.advance(Duration.ofSeconds(30));
    write.answer().complete(new Outcome.Retryable("does not answer within 30 s"));
    eventually(
        () ->
            assertThat(rig.health(LANE))
                .isEqualTo(
                    new Health(
                        Health.State.DOWN,
                        "holding, nothing is lost; does not answer within 30 s")));
  }

  @Test
  void aCheckedExceptionThatADecoderDoesNotDeclareCostsItsMessageOnly() {
    WordDecoder words = new WordDecoder();
    rig.decoder =
        (events, rows) -> {
          for (int i = 0; i < events.size(); i++) {
            if (new String(events.value(i), java.nio.charset.StandardCharsets.UTF_8)
                .equals("m=13")) {
              throw sneaky(new java.io.IOException("no such schema"));
            }
          }
          words.decode(events, rows);
        };
    rig.source.bring(batch(A, 0, "m=1", "m=13", "m=2"));
    rig.start();
    rig.awaitAcknowledged(A, 3);
    assertThat(rig.letters)
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).contains("no such schema"));
  }

  @Test
  void aCheckedExceptionThatASinkDoesNotDeclareIsTriedAgain() {
    rig.sink.behave(
        write -> {
          if (rig.sink.writes.size() == 1) {
            throw sneaky(new java.io.IOException("broken pipe"));
          }
          return CompletableFuture.completedFuture(Outcome.DONE);
        });
    rig.source.bring(batch(A, 0, "m=1"));
    rig.start();
    eventually(() -> assertThat(rig.timer.waiting()).isNotEmpty());
    rig.timer.advance(Duration.ofSeconds(1));
    rig.awaitAcknowledged(A, 1);
  }

  @SuppressWarnings("unchecked") // it is not checked: that is the point
  private static <X extends Throwable> RuntimeException sneaky(Throwable thrown) throws X {
    throw (X) thrown;
  }
}
