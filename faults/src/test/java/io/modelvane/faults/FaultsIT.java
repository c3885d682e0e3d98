package io.modelvane.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
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
@ExtendWith(SharedGround.class)
@Execution(ExecutionMode.CONCURRENT)
class FaultsIT {
  private static final int WORTH_AN_ARCHIVE = 12;

  @TempDir static Path folder;
  private CompletableFuture<Void> recording = CompletableFuture.completedFuture(null);

  @BeforeAll
  void recordTheClasses() {
    if (cases().size() > WORTH_AN_ARCHIVE) {
      recording = CompletableFuture.runAsync(this::record); // the first cases need not wait for it
    }
  }

  private void record() {
    try {
      Ground ground = SharedGround.ground();
      ground.archive().record(ground, Files.createTempDirectory(folder, "archive"));
    } catch (Exception failure) {
      throw new CompletionException(failure);
    }
  }

  @AfterAll
  void endTheRecording() {
    recording.join();
  }

  static List<FaultCase> cases() {
    Pattern only = Pattern.compile(System.getProperty("faults.only", ""));
    return Stream.of(
            GroupFaults.ALL, // what takes longest comes first
            NotifierFaults.ALL,
            KafkaFaults.ALL,
            ProcessFaults.ALL,
            PluginFaults.ALL,
            StoreFaults.ALL)
        .flatMap(List::stream)
        .filter(row -> only.matcher(row.name()).find())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void after(FaultCase row) throws Exception {
    Play.of(row, SharedGround.ground(), Files.createTempDirectory(folder, "case"));
  }
}
