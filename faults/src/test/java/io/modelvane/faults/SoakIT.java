package io.modelvane.faults;

import io.modelvane.faults.Arrival.Endpoint;
import io.modelvane.testkit.ScriptedServer.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same oracle after what takes long; behind {@code -Psoak}. */
@Tag("soak")
class SoakIT {
  private static final int KILLS = Integer.getInteger("soak.kills", 200);
  private static final Duration TIME = Duration.ofMinutes(Integer.getInteger("soak.minutes", 30));

  // Large enough that the pause before a store is asked again is little of the time it takes.
  private static final int BACKLOG = Integer.getInteger("soak.backlog", 90_000);

  private static final Duration OUTAGE = Duration.ofSeconds(20);
  private static final double LEAST_RATIO = 0.8;

  /** A little of everything, each ended by itself. */
  private static final List<FaultCase.Action> TROUBLES =
      List.of(
          stage -> {
            stage.store().door().refuse();
            pause(2_000);
            stage.store().door().pass();
          },
          stage -> {
            stage.store().rule(StoreRules.refusing(503, "unavailable", "busy"));
            pause(2_000);
            stage.store().heal();
          },
          stage -> {
            stage.store().door().resetAfter(0);
            pause(1_000);
            stage.store().door().pass();
          },
          stage -> {
            stage.store().rule(StoreRules.hangingAfterKeeping());
            pause(3_000);
            stage.store().heal();
          },
          stage -> {
            stage.brokerDoor().refuse();
            pause(ThreadLocalRandom.current().nextLong(1_000, 9_000));
            stage.brokerDoor().pass();
          },
          stage -> {
            stage.product().kill();
            stage.launch();
          },
          stage -> {
            stage.term();
            stage.launch();
          },
          stage -> {
            stage.product().signal("STOP");
            pause(ThreadLocalRandom.current().nextLong(1_000, 9_000));
            stage.product().signal("CONT");
          },
          stage -> {
            stage.people().answers(Endpoint.TEAM, () -> Answer.of(503, "busy"));
            pause(2_000);
            stage.people().heal(Endpoint.TEAM);
          },
          stage -> stage.traffic().burst(5_000));

  @TempDir Path folder;
  private Ground ground;

  @BeforeEach
  void startTheBroker() {
    ground =
        new Ground(
            FaultCase.Brokers.OWN,
            folder.resolve("broker"),
            new ClassArchive(folder.resolve("classes.jsa")));
  }

  @AfterEach
  void stopIt() throws Exception {
    ground.close();
  }

  private static void pause(long milliseconds) throws InterruptedException {
    Thread.sleep(milliseconds);
  }

  private void play(FaultCase row) throws Exception {
    Play.of(row, ground, Files.createDirectory(folder.resolve("case")));
  }

  @Test
  void killedAgainAndAgain() throws Exception {
    FaultCase row =
        FaultCase.named("killed again and again")
            .fault(stage -> ProcessFaults.kill(stage, KILLS))
            .repeats(KILLS);
    play(row);
  }

  @Test
  void everythingAtOnceForALongTime() throws Exception {
    FaultCase row =
        FaultCase.named("everything at once for a long time")
            .fault(SoakIT::trouble)
            .repeats(Integer.MAX_VALUE);
    play(row);
  }

  @Test
  void storeDownForAMinute() throws Exception {
    FaultCase row =
        FaultCase.named("store down for a minute")
            .fault(stage -> stage.store().door().refuse())
            .bitten(stage -> pause(60_000))
            .mend(stage -> stage.store().door().pass());
    play(row);
  }

  @Test
  void brokerDownForAMinute() throws Exception {
    FaultCase row =
        FaultCase.named("broker down for a minute")
            .fault(
                stage -> {
                  stage.lane().broker().kill();
                  pause(60_000);
                  stage.lane().broker().start();
                });
    play(row);
  }

  /**
   * The same backlog twice: it waited for a process that was held, and for a store that was away.
   */
  @Test
  void worksABacklogOffAsFastAfterAnOutage() throws Exception {
    FaultCase row =
        FaultCase.named("backlog after an outage")
            .configured(text -> text.replace("session_timeout: 6s", "session_timeout: 60s"))
            .fault(
                stage -> {
                  stage.traffic().pause();
                  drain(stage, SoakIT::hold, SoakIT::release); // compilers and caches warm up
                  Duration undisturbed = drain(stage, SoakIT::hold, SoakIT::release);
                  Duration after =
                      drain(
                          stage,
                          one -> one.store().door().refuse(),
                          one -> one.store().door().pass());
                  stage.report("backlog undisturbed", undisturbed);
                  stage.report("after an outage", after);
                  double ratio = (double) undisturbed.toMillis() / after.toMillis();
                  if (ratio < LEAST_RATIO) {
                    throw new AssertionError(
                        "%s undisturbed, %s after an outage: %.2f times the rate"
                            .formatted(undisturbed, after, ratio));
                  }
                  stage.traffic().start();
                });
    play(row);
  }

  private static void hold(Stage stage) throws InterruptedException {
    stage.product().signal("STOP");
  }

  private static void release(Stage stage) throws InterruptedException {
    stage.product().signal("CONT");
  }

  /** How long a backlog takes that came while something was in the way. */
  private static Duration drain(Stage stage, FaultCase.Action stop, FaultCase.Action go)
      throws Exception {
    stage.awaitSettled();
    stop.on(stage);
    stage.traffic().burst(BACKLOG);
    stage.traffic().pause();
    pause(OUTAGE.toMillis());
    int wanted = stage.traffic().calls();
    long start = System.nanoTime();
    go.on(stage);
    stage.await("the backlog is stored", () -> stage.store().ledger().size() >= wanted);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void trouble(Stage stage) throws Exception {
    long end = System.nanoTime() + TIME.toNanos();
    while (System.nanoTime() < end) {
      int breach = stage.breach();
      int next = ThreadLocalRandom.current().nextInt(TROUBLES.size());
      TROUBLES.get(next).on(stage);
      stage.awaitFlow();
      stage.recover(breach);
    }
  }
}
