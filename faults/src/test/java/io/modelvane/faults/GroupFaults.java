package io.modelvane.faults;

import static io.modelvane.faults.FaultCase.named;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What goes wrong among the members of a group, and with the positions that it keeps. */
final class GroupFaults {
  private static final String SECOND = "second.yaml";
  private static final Duration SESSION = Duration.ofSeconds(60);

  static final List<FaultCase> ALL =
      List.of(
          named("broker cut off for longer than a session")
              .fault(stage -> stage.brokerDoor().refuse())
              .bitten(Stage::awaitExpelled)
              .mend(stage -> stage.brokerDoor().pass())
              .then(
                  named("session expires while the store hangs")
                      .fault(
                          stage -> {
                            stage.store().rule(StoreRules.hangingAfterKeeping());
                            stage.brokerDoor().swallow();
                          })
                      .bitten(Stage::awaitExpelled)
                      .mend(
                          stage -> {
                            stage.brokerDoor().pass();
                            stage.brokerDoor().cut();
                            stage.store().heal();
                          }))
              .then(
                  named("frozen for two sessions")
                      .fault(stage -> stage.product().signal("STOP"))
                      .bitten(
                          stage -> {
                            stage.awaitExpelled();
                            pause(Duration.ofSeconds(6)); // and once more as long
                          })
                      .mend(stage -> stage.product().signal("CONT"))),
          named("commits fail")
              .configured(text -> text.replace("@broker@", "@filter@"))
              .fault(stage -> stage.lane().filter().commits().breaking(true))
              .bitten(GroupFaults::awaitStandstill)
              .mend(stage -> stage.lane().filter().commits().breaking(false)),
          named("takes its own place after a kill")
              .configured(
                  text ->
                      text.replace("group_instance_id: first\n", "\n")
                          .replace("session_timeout: 6s", "session_timeout: 60s"))
              .fault(GroupFaults::killAndAwaitFlow),
          named("second member joins and leaves")
              .fault(GroupFaults::secondJoins)
              .bitten(stage -> pause(Duration.ofSeconds(2)))
              .mend(
                  stage -> {
                    Product second = latest(stage);
                    Processes.term(second);
                    stage.processes().retire(second);
                  })
              .then(
                  named("second member is killed")
                      .fault(GroupFaults::secondJoins)
                      .bitten(stage -> pause(Duration.ofSeconds(2)))
                      .mend(
                          stage -> {
                            Product second = latest(stage);
                            second.kill();
                            stage.processes().retire(second);
                          })),
          named("second member joins while the store is slow")
              .configured(GroupFaults::withTimeForADrain)
              .fault(
                  stage -> {
                    stage.store().rule(StoreRules.slow(Duration.ofMillis(1_500)));
                    secondJoins(stage);
                  })
              .bitten(
                  stage -> {
                    stage.awaitFlow();
                    int repeats = stage.store().ledger().repeats();
                    if (repeats > 0) {
                      throw new AssertionError(repeats + " rows were given away before their time");
                    }
                  })
              .mend(
                  stage -> {
                    Product second = latest(stage);
                    Processes.term(second);
                    stage.processes().retire(second);
                    stage.store().heal();
                  }));

  private GroupFaults() {}

  /** As long as a slow machine may need, and no attempt is given up meanwhile. */
  private static String withTimeForADrain(String text) {
    return text.replace("session_timeout: 6s", "session_timeout: 60s")
        .replace("timeout: 2s }", "timeout: 60s }");
  }

  private static void pause(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }

  /** Messages flow, and no position moves. */
  private static void awaitStandstill(Stage stage) throws Exception {
    Watch watch = stage.watches().get(0);
    stage.await("commits are lost", () -> stage.lane().filter().commits().broken() > 2);
    Map<Integer, Long> before = watch.committed();
    for (int i = 0; i < 5; i++) {
      stage.awaitFlow();
    }
    if (!watch.committed().equals(before)) {
      throw new AssertionError("positions move although they cannot be kept");
    }
  }

  /** It stores long before its ghost's session is over. */
  private static void killAndAwaitFlow(Stage stage) throws Exception {
    stage.product().kill();
    int before = stage.store().ledger().size();
    long start = System.nanoTime();
    stage.launch();
    stage.await("a message is stored", () -> stage.store().ledger().size() > before);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    stage.report("from the start to the first message", took);
    if (took.compareTo(SESSION.dividedBy(2)) > 0) {
      throw new AssertionError("its first message came after " + took);
    }
  }

  /** A second one that shares the metrics; alerting has one owner. */
  private static String another(String text) {
    return text.replace("group_instance_id: first", "group_instance_id: second")
        .replace("@folder@/data", "@folder@/second")
        .replaceAll("(?s)\n  @alerts@.*", "\n")
        .replaceAll("(?s)  alerting:\n.*?notifiers:.*?pipelines:", "pipelines:");
  }

  private static Product latest(Stage stage) {
    List<Product> all = stage.processes().all();
    return all.get(all.size() - 1);
  }

  private static void secondJoins(Stage stage) throws Exception {
    stage.letters().lookInto(stage.folder().resolve("second/dead-letters"));
    Product second = stage.launch(stage.configure(SECOND, GroupFaults::another));
    second.awaitRunning();
    stage.await(
        "the second takes its part", () -> second.metric("modelvane_pipeline_events_total") > 10);
  }
}
