package io.modelvane.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nothing is lost, nothing is doubled, nobody is told twice or not at all: whatever goes wrong. The
 * property {@code faults.only}, a regular expression, picks cases by name.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class FaultsIT {
  @TempDir static Path folder;
  private Ground ground;

  @BeforeAll
  void startTheBroker() {
    ground = new Ground(folder.resolve("broker"));
  }

  @AfterAll
  void stopIt() throws Exception {
    ground.close();
  }

  static List<FaultCase> cases() {
    Pattern only = Pattern.compile(System.getProperty("faults.only", ""));
    return Stream.of(StoreFaults.ALL, KafkaFaults.ALL, ProcessFaults.ALL, NotifierFaults.ALL)
        .flatMap(List::stream)
        .filter(row -> only.matcher(row.name()).find())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void after(FaultCase row) throws Exception {
    Ground.Lane lane = ground.enter(row.terms().alone());
    try (Stage stage = new Stage(row, lane, Files.createTempDirectory(folder, "case"))) {
      long start = System.nanoTime();
      new Play(stage, row).run();
      System.err.printf("%5.1f s  %s%n", (System.nanoTime() - start) / 1e9, row);
    } finally {
      ground.leave(lane, row.terms().alone());
    }
  }

  /** The course of every case. */
  private record Play(Stage stage, FaultCase row) {
    void run() throws Exception {
      Oracle oracle = new Oracle(stage, row.terms());
      try {
        row.script().before().on(stage);
        stage.launch();
        stage.traffic().start();
        stage.product().awaitRunning();
        row.script().fault().on(stage);
        stage.traffic().breach(1);
        row.script().bitten().on(stage);
        row.script().mend().on(stage);
        stage.await("the breach is told", () -> stage.people().allKnow(1, false));
        stage.traffic().recover(1);
        stage.traffic().pause();
        stage.await("everything is where it belongs", oracle::isSettled);
        stage.await("the end is told", () -> stage.people().allKnow(1, true));
        stage.term();
      } catch (ConditionTimeoutException | AssertionError failure) {
        throw new AssertionError(failure.getMessage() + "\n" + oracle.unsettled(), failure);
      }
      oracle.check(1);
    }
  }
}
