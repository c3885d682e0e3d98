package io.modelvane.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LentThreadsTest {
  private final ExecutorService lender = Executors.newCachedThreadPool();
  private final LentThreads lent = new LentThreads(lender);

  @AfterEach
  void endThreads() {
    lender.shutdownNow();
  }

  @Test
  void isTerminatedOnlyWhenWhatItBeganHasEnded() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Future<Boolean> task = lent.submit(() -> end.await(10, TimeUnit.SECONDS));
    lent.shutdown();
    assertThat(lent.awaitTermination(20, TimeUnit.MILLISECONDS)).isFalse();
    assertThat(lent.isTerminated()).isFalse();

    end.countDown();
    assertThat(lent.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(lent.isTerminated()).isTrue();
    assertThat(task.get()).isTrue();
  }

  @Test
  void takesNothingMoreOnceShutDownAndLeavesTheThreadsToTheLender() throws Exception {
    lent.shutdown();
    assertThatThrownBy(() -> lent.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    assertThat(lent.isTerminated()).isTrue();
    assertThat(lender.submit(() -> "works").get(10, TimeUnit.SECONDS)).isEqualTo("works");
  }

  @Test
  void whatTheLenderRefusesIsNotWaitedFor() throws Exception {
    lender.shutdown();
    assertThatThrownBy(() -> lent.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    lent.shutdown();
    assertThat(lent.awaitTermination(0, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void taskThatThrowsGivesItsThreadBack() throws Exception {
    Future<?> task =
        lent.submit(
            () -> {
              throw new IllegalStateException("wanted");
            });
    lent.shutdown();
    assertThat(lent.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(task).isDone();
  }
}
