package io.modelvane.engine.pipeline;

import static io.modelvane.engine.TestEvents.batch;
import static io.modelvane.engine.pipeline.Rig.A;
import static io.modelvane.engine.pipeline.Rig.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.Health;
import io.modelvane.spi.Outcome;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Dead letters whose disk or brokers do not answer. */
class PipelineHangingLettersTest {
  private static final String PART = "pipeline p -> dead letters";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Rig rig = new Rig();
  private final CountDownLatch back = new CountDownLatch(1);
  private final AtomicInteger writes = new AtomicInteger();

  @AfterEach
  void close() {
    back.countDown();
    rig.close();
  }

  /** Waits for the other side whatever happens, as a write to a disk that is away does. */
  private Outcome deaf() {
    writes.incrementAndGet();
    boolean interrupted = false;
    while (back.getCount() > 0) {
      try {
        back.await();
      } catch (InterruptedException unheard) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return Outcome.DONE;
  }

  private Outcome heedful() {
    writes.incrementAndGet();
    try {
      back.await();
      return Outcome.DONE;
    } catch (InterruptedException heard) {
      Thread.currentThread().interrupt();
      return new Outcome.Retryable("interrupted");
    }
  }

  private void awaitDown() {
    eventually(
        () ->
            assertThat(rig.health(PART))
                .satisfies(h -> assertThat(h.state()).isEqualTo(Health.State.DOWN))
                .satisfies(
                    h ->
                        assertThat(h.reason())
                            .contains("nothing is lost", "not kept within PT1M", "do not answer")));
  }

  private void hang() {
    rig.source.bring(batch(A, 0, "bad 1", "m=1"));
    rig.start(Duration.ofMillis(50));
    eventually(() -> assertThat(writes).hasValue(1));
    assertThat(rig.health(PART)).isEqualTo(Health.UP);
    rig.timer.advance(LIMIT);
    awaitDown();
  }

  @Test
  void aWriteThatHangsIsSaidAndGoesOnByItselfWhenTheOtherSideIsBack() {
    rig.deadLetters = letters -> deaf();
    hang();
    rig.timer.advance(LIMIT.multipliedBy(10));
    assertThat(writes).as("no second one joins it").hasValue(1);
    assertThat(rig.source.acknowledged).isEmpty();

    back.countDown();

    rig.awaitAcknowledged(A, 2);
    assertThat(rig.health(PART)).isEqualTo(Health.UP);
    assertThat(writes).hasValue(1);
  }

  @Test
  void aWriteThatCanBeBrokenOffIsAndIsTriedAgain() {
    rig.deadLetters = letters -> heedful();
    hang();
    eventually(() -> assertThat(rig.timer.waiting()).isNotEmpty().allMatch(rest -> rest <= 8_000));
    awaitDown();
    back.countDown();
    rig.timer.advance(Duration.ofSeconds(8));

    rig.awaitAcknowledged(A, 2);
    assertThat(rig.health(PART)).isEqualTo(Health.UP);
    assertThat(writes).hasValue(2);
  }

  @Test
  void aWriteThatHangsDoesNotHoldUpTheStop() {
    rig.deadLetters = letters -> deaf();
    hang();

    rig.pipeline().stop();

    rig.awaitEnd();
    assertThat(rig.source.acknowledged).isEmpty();
  }
}
