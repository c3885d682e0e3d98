package io.modelvane.faults;

import static io.modelvane.faults.FaultCase.named;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** What happens to the product's own process and to its folder. */
final class ProcessFaults {
  private static final int MISCONFIGURED = 78;

  static final List<FaultCase> ALL =
      List.of(
          named("asked to stop under load")
              .configured(ProcessFaults::withTimeForADrain)
              .fault(
                  stage -> {
                    stage.traffic().burst(2_000);
                    stage.term();
                    int before = stage.store().ledger().repeats();
                    stage.launch().awaitRunning();
                    stage.awaitFlow();
                    if (stage.store().ledger().repeats() > before) {
                      throw new AssertionError("what was stored when it stopped is stored again");
                    }
                  }),
          named("killed at random moments").fault(stage -> kill(stage, 4)).repeats(4),
          named("killed while it starts")
              .fault(
                  stage -> {
                    for (int i = 0; i < 4; i++) {
                      stage.product().kill();
                      stage.launch();
                      pause(ThreadLocalRandom.current().nextLong(200, 3_000));
                    }
                  })
              .repeats(4),
          named("killed while it commits")
              .fault(
                  stage -> {
                    for (int i = 0; i < 3; i++) {
                      stage.awaitFlow();
                      stage.brokerDoor().resetAfter(0); // what it sends arrives, no answer does
                      pause(ThreadLocalRandom.current().nextLong(600));
                      stage.product().kill();
                      stage.brokerDoor().pass();
                      stage.launch();
                    }
                  })
              .repeats(3),
          named("asked to stop while the broker is away")
              .fault(
                  stage -> {
                    stage.brokerDoor().refuse();
                    stage.term();
                    stage.brokerDoor().pass();
                    stage.launch();
                  })
              .then(
                  named("asked to stop while the store hangs")
                      .fault(
                          stage -> {
                            stage.store().rule(StoreRules.hanging());
                            stage.await("it hangs", () -> stage.store().answered(0) > 0);
                            stage.term();
                            stage.store().heal();
                            stage.launch();
                          })),
          named("clock stepped an hour forwards and back")
              .before(
                  stage -> {
                    assumeTrue(WallClock.canStep(), "libfaketime is not installed here");
                    WallClock.step(stage, 0);
                  })
              .limited(WallClock.COMMAND)
              .fault(
                  stage -> {
                    WallClock.step(stage, 3_600);
                    int breach = stage.breach();
                    stage.awaitFlow();
                    stage.recover(breach);
                    stage.awaitFlow();
                    WallClock.step(stage, 0);
                  })
              .bitten(Stage::awaitFlow),
          named("clock stepped an hour back and forwards")
              .before(
                  stage -> {
                    assumeTrue(WallClock.canStep(), "libfaketime is not installed here");
                    WallClock.step(stage, 0);
                  })
              .limited(WallClock.COMMAND)
              .fault(
                  stage -> {
                    WallClock.step(stage, -3_600);
                    int breach = stage.breach();
                    stage.awaitFlow();
                    stage.recover(breach);
                    stage.awaitFlow();
                    WallClock.step(stage, 0);
                  })
              .bitten(Stage::awaitFlow),
          named("state file corrupted")
              .fault(ProcessFaults::corrupt)
              .bitten(
                  stage -> {
                    stage.launch().expect(MISCONFIGURED, "state.db is damaged");
                  })
              .mend(
                  stage -> {
                    for (String name : List.of("state.db", "state.db-wal", "state.db-shm")) {
                      Files.deleteIfExists(stage.data().resolve(name));
                    }
                    stage.launch().awaitRunning();
                  }),
          named("state file of a newer version")
              .fault(
                  stage -> {
                    stage.term();
                    State.age(stage.data(), 1);
                  })
              .bitten(
                  stage -> {
                    Product refused = stage.launch();
                    refused.expect(MISCONFIGURED, "was written by a newer version");
                    stage.processes().retire(refused);
                  })
              .mend(
                  stage -> {
                    State.age(stage.data(), -1);
                    stage.launch().awaitRunning();
                  }),
          named("second launcher on the same folder")
              .fault(stage -> {})
              .bitten(
                  stage -> {
                    Product first = stage.product();
                    Product second = stage.launch();
                    second.expect(MISCONFIGURED, "is in use by process " + first.pid());
                    stage.processes().retire(second);
                  })
              .then(
                  named("second launcher with alerting and a folder of its own")
                      .fault(stage -> {})
                      .bitten(
                          stage -> {
                            Product second =
                                stage.launch(
                                    stage.configure("second.yaml", ProcessFaults::another));
                            second.expect(MISCONFIGURED, "needs every message");
                            stage.processes().retire(second);
                          })),
          named("64 mb of heap and a backlog")
              .before(
                  stage -> {
                    stage.store().door().refuse();
                    stage.traffic().burst(20_000);
                  })
              .bitten(stage -> stage.awaitPart("sink influx", "waiting to start"))
              .mend(stage -> stage.store().door().pass())
              .java("-Xms16m -Xmx64m"),
          named("96 mb of heap and a backlog of more bytes")
              .java("-Xms16m -Xmx96m")
              .configured(ProcessFaults::withLargeMessages)
              .before(
                  stage -> {
                    stage.store().rule(StoreRules.takingNoCall());
                    for (int i = 0; i < 300; i++) {
                      stage.traffic().large(500_000);
                    }
                  })
              .bitten(ProcessFaults::awaitFullMemory)
              .mend(stage -> stage.store().heal()),
          named("200 open files")
              .limited("ulimit -n 200")
              .fault(stage -> stage.store().door().cut()),
          named("dead letters reach their limit")
              .configured(
                  text -> text + "dead_letters: { type: file, rotate_at: 64KiB, limit: 1MiB }\n")
              .before(stage -> stage.traffic().malformedEvery(2))
              .bitten(
                  stage -> stage.await("it says so", () -> says(stage, "have reached the limit")))
              .mend(
                  stage -> {
                    stage.traffic().malformedEvery(1_000);
                    stage.keepMoving();
                  }),
          named("no space for the state")
              .configured(
                  text ->
                      text.replace("@folder@/data", "@small@/data")
                          + "dead_letters: { type: file, folder: \"@folder@/data/dead-letters\""
                          + " }\n")
              .before(
                  stage ->
                      assumeTrue(stage.smallDisk().mount("size=8m"), "mount is not allowed here"))
              .fault(stage -> stage.smallDisk().fill())
              .bitten(stage -> stage.awaitPart("sink alerting", "no space left"))
              .mend(stage -> stage.smallDisk().empty()),
          named("no space for dead letters")
              .configured(text -> text + "dead_letters: { type: file, folder: \"@small@\" }\n")
              .before(
                  stage -> {
                    assumeTrue(stage.smallDisk().mount("size=256k"), "mount is not allowed here");
                    stage.traffic().malformedEvery(2);
                  })
              .bitten(stage -> stage.await("it says so", () -> says(stage, "cannot be written")))
              .mend(stage -> stage.smallDisk().mount("remount,size=64m")));

  private ProcessFaults() {}

  private static String another(String text) {
    return text.replace("group_instance_id: first", "group_instance_id: second")
        .replace("@folder@/data", "@folder@/second");
  }

  /** As long as a slow machine may need, and no attempt is given up meanwhile. */
  private static String withTimeForADrain(String text) {
    return text.replace("stop_within: 10s", "stop_within: 60s")
        .replace("timeout: 2s }", "timeout: 60s }");
  }

  private static String withLargeMessages(String text) {
    return text.replace(
        "session_timeout: 6s",
        "session_timeout: 30s\n    properties: { max.poll.records: \"100\" }");
  }

  /** It has read as much as it may hold, and lives on without reading more. */
  private static void awaitFullMemory(Stage stage) throws Exception {
    double read = -1;
    double before;
    do {
      before = read;
      pause(2_000);
      read = stage.product().metric("modelvane_pipeline_events_total", stage.metrics());
      if (!stage.product().alive()) {
        throw new AssertionError("it did not live on");
      }
    } while (read == 0 || read != before);
    double held = stage.product().metric("modelvane_pipeline_held_bytes", stage.metrics());
    if (held < 1 << 20 || held > 64 << 20) {
      throw new AssertionError("it holds " + held + " bytes");
    }
  }

  private static void pause(long milliseconds) throws InterruptedException {
    Thread.sleep(milliseconds);
  }

  /** Kills it at random moments of its work and starts it again. */
  static void kill(Stage stage, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      stage.awaitFlow();
      pause(ThreadLocalRandom.current().nextLong(1_000));
      stage.product().kill();
      stage.launch();
    }
  }

  private static boolean says(Stage stage, String word) {
    return !stage.product().isReady() && stage.product().body("/ready").contains(word);
  }

  private static void corrupt(Stage stage) throws Exception {
    stage.term();
    Path file = stage.data().resolve("state.db");
    byte[] bytes = Files.readAllBytes(file);
    byte[] garbage = "this is no database any more ".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = garbage[i % garbage.length];
    }
    Files.write(file, bytes);
    try (Stream<Path> files = Files.list(stage.data())) {
      for (Path other : files.filter(one -> one.toString().contains("state.db-")).toList()) {
        Files.delete(other);
      }
    }
  }
}
