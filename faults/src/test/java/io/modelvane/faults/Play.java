package io.modelvane.faults;

import java.nio.file.Path;
import org.awaitility.core.ConditionTimeoutException;

/** The course of every case. */
record Play(Stage stage, FaultCase row) {
  private static final System.Logger LOGGER = System.getLogger(Play.class.getName());

  /** Plays a case on a lane of its own, or with a broker of its own. */
  static void of(FaultCase row, Ground ground, Path folder) throws Exception {
    FaultCase.Brokers brokers = row.terms().brokers();
    if (brokers == FaultCase.Brokers.SHARED) {
      on(ground, row, folder);
      return;
    }
    try (Ground own = new Ground(brokers, folder.resolve("broker"), ground.archive())) {
      on(own, row, folder);
    }
  }

  private static void on(Ground ground, FaultCase row, Path folder) throws Exception {
    Ground.Lane lane = ground.enter();
    try (Stage stage = new Stage(row, lane, folder)) {
      long start = System.nanoTime();
      new Play(stage, row).run();
      long tenths = (System.nanoTime() - start) / 100_000_000;
      LOGGER.log(System.Logger.Level.WARNING, "{0} s  {1}{2}", tenths / 10.0, row, stage.figures());
    } finally {
      ground.leave(lane);
    }
  }

  private void run() throws Exception {
    Oracle oracle = new Oracle(stage, row.terms());
    try {
      row.script().before().on(stage);
      stage.launch();
      stage.traffic().start();
      stage.product().awaitRunning();
      play(row.script());
      for (FaultCase next : row.next()) {
        stage.await("everybody is told", oracle::isTold);
        play(next.script());
      }
      stage.traffic().pause();
      stage.await("everything is where it belongs", oracle::isSettled);
      stage.await("everybody is told", oracle::isTold);
      stage.term();
    } catch (ConditionTimeoutException | AssertionError failure) {
      throw new AssertionError(failure.getMessage() + "\n" + oracle.unsettled(), failure);
    }
    oracle.check(stage.breaches());
  }

  private void play(FaultCase.Script script) throws Exception {
    script.fault().on(stage);
    int breach = stage.breach();
    script.bitten().on(stage);
    script.mend().on(stage);
    stage.recover(breach);
  }
}
