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

/** The same oracle after a long time; behind {@code -Psoak}. */
@Tag("soak")
class SoakIT {
  private static final int KILLS = Integer.getInteger("soak.kills", 200);
  private static final Duration TIME = Duration.ofMinutes(Integer.getInteger("soak.minutes", 30));

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
    ground = new Ground(folder.resolve("broker"));
  }

  @AfterEach
  void stopIt() throws Exception {
    ground.close();
  }

  private static void pause(long milliseconds) throws InterruptedException {
    Thread.sleep(milliseconds);
  }

  @Test
  void killedAgainAndAgain() throws Exception {
    FaultCase row =
        FaultCase.named("killed again and again")
            .fault(stage -> ProcessFaults.kill(stage, KILLS))
            .repeats(KILLS);
    Play.of(row, ground, Files.createDirectory(folder.resolve("case")));
  }

  @Test
  void everythingAtOnceForALongTime() throws Exception {
    FaultCase row =
        FaultCase.named("everything at once for a long time")
            .fault(SoakIT::trouble)
            .repeats(Integer.MAX_VALUE);
    Play.of(row, ground, Files.createDirectory(folder.resolve("case")));
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
