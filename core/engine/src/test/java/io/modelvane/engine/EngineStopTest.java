package io.modelvane.engine;

import static io.modelvane.engine.EngineRig.A;
import static io.modelvane.engine.EngineRig.CALL;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.Notification;
import io.modelvane.spi.NotifierRef;
import io.modelvane.spi.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the engine stops when components do not. */
class EngineStopTest {
  @TempDir Path temp;

  private EngineRig engine;

  @BeforeEach
  void make() {
    engine = new EngineRig(temp);
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void aComponentThatHangsInStopIsLeftBehind() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    engine.plugin.onStop.put("sink first", c -> deaf(never));
    engine.start();
    long begun = System.nanoTime();
    engine.running().stop();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(6));
    assertThat(engine.plugin.journal).contains("stop sink second", "stop notifier n");
    never.countDown();
  }

  @Test
  void saysThatItStopsAndNamesWhoIsLeftBehind() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch inside = new CountDownLatch(2);
    engine.plugin.onDeliver.put(
        "notifier n",
        c -> {
          inside.countDown();
          deaf(never);
        });
    engine.plugin.onStart.put(
        "sink first",
        c -> {
          Future<?> call =
              c.executor()
                  .submit(
                      () ->
                          c.notifier(new NotifierRef("n"))
                              .deliver(Notification.test("n", c.clock().instant())));
          Future<?> work =
              c.executor().submit(() -> c.state().transact(connection -> hold(inside, never)));
          assertThat(List.of(call, work)).noneMatch(Future::isDone);
        });
    engine.start();
    inside.await();
    List<String> said = new CopyOnWriteArrayList<>();
    long begun = System.nanoTime();
    LogTap log = new LogTap("io.modelvane.engine", said);
    engine.running().stop();
    log.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(6));
    never.countDown();
    assertThat(said)
        .first()
        .isEqualTo("stopping: pipelines p finish what is in flight, within 2 s");
    assertThat(said)
        .contains("notifier 'n' has not come back from deliver() and is left behind")
        .anyMatch(line -> line.startsWith("sink_first does not let go of "))
        .last()
        .asString()
        .matches("stopped after \\d+ ms");
  }

  @Test
  void ofTwoComponentsOfOneClassTheOneThatHangsIsNamed() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch inside = new CountDownLatch(1);
    engine.plugin.sinkAnswer =
        batch -> {
          inside.countDown();
          deaf(never);
          return Outcome.DONE;
        };
    engine.start();
    engine.bring("p", TestEvents.batch(A, 0, CALL.formatted("1")));
    inside.await();
    List<String> said = new CopyOnWriteArrayList<>();
    LogTap log = new LogTap("io.modelvane.engine", said);
    engine.running().stop();
    log.close();
    never.countDown();
    assertThat(said).contains("sink 'first' has not come back from write() and is left behind");
  }

  @Test
  void componentsThatThrowInStopHoldUpNobody() throws Exception {
    for (String title : List.of("sink first", "source in of p", "transform t of p")) {
      engine.plugin.onStop.put(
          title,
          c -> {
            throw new IllegalStateException("no");
          });
    }
    engine.start().stop();
    assertThat(engine.plugin.journal).contains("stop sink second", "stop notifier n");
    engine.running().stop();
  }

  private static boolean hold(CountDownLatch inside, CountDownLatch never) {
    inside.countDown();
    deaf(never);
    return true;
  }

  private static void deaf(CountDownLatch never) {
    while (never.getCount() > 0) {
      try {
        never.await();
      } catch (InterruptedException deaf) {
        // hangs on
      }
    }
  }
}
