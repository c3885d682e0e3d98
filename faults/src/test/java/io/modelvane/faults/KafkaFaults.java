package io.modelvane.faults;

import static io.modelvane.faults.FaultCase.named;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewPartitions;

/** What goes wrong in Kafka, on the way to it, and among the members of a group. */
final class KafkaFaults {
  private static final String SECOND = "second.yaml";

  static final List<FaultCase> ALL =
      List.of(
          named("broker down at start")
              .before(stage -> stage.brokerDoor().refuse())
              .bitten(
                  stage ->
                      stage.awaitPart(
                          "source insights of " + stage.metrics(), "no broker can be reached"))
              .mend(stage -> stage.brokerDoor().pass()),
          named("broker killed and back")
              .fault(
                  stage -> {
                    stage.lane().broker().kill();
                    pause(Duration.ofSeconds(3));
                    stage.lane().broker().start();
                  })
              .alone(),
          named("broker cut off")
              .fault(stage -> stage.brokerDoor().refuse())
              .bitten(stage -> pause(Duration.ofSeconds(3)))
              .mend(stage -> stage.brokerDoor().pass()),
          named("broker cut off for longer than a session")
              .fault(stage -> stage.brokerDoor().refuse())
              .bitten(stage -> pause(Duration.ofSeconds(8)))
              .mend(stage -> stage.brokerDoor().pass()),
          named("broker connections reset again and again")
              .fault(stage -> {})
              .bitten(
                  stage -> {
                    for (int i = 0; i < 10; i++) {
                      stage.brokerDoor().cut();
                      pause(Duration.ofMillis(200));
                    }
                  }),
          named("broker half open")
              .fault(stage -> stage.brokerDoor().swallow())
              .bitten(stage -> pause(Duration.ofSeconds(3)))
              .mend(
                  stage -> {
                    stage.brokerDoor().pass();
                    stage.brokerDoor().cut();
                  }),
          named("broker slow")
              .fault(stage -> stage.brokerDoor().delay(Duration.ofMillis(150)))
              .bitten(Stage::awaitFlow)
              .mend(stage -> stage.brokerDoor().pass()),
          named("second member joins and leaves")
              .fault(KafkaFaults::secondJoins)
              .bitten(stage -> pause(Duration.ofSeconds(2)))
              .mend(
                  stage -> {
                    Product second = stage.products().get(1);
                    stage.term(second);
                    stage.retire(second);
                  }),
          named("second member is killed")
              .fault(KafkaFaults::secondJoins)
              .bitten(stage -> pause(Duration.ofSeconds(2)))
              .mend(
                  stage -> {
                    Product second = stage.products().get(1);
                    second.kill();
                    stage.retire(second);
                  }),
          named("second member joins while the store is slow")
              .fault(
                  stage -> {
                    stage.store().rule(StoreRules.slow(Duration.ofMillis(1_500)));
                    secondJoins(stage);
                  })
              .bitten(Stage::awaitFlow)
              .mend(
                  stage -> {
                    Product second = stage.products().get(1);
                    stage.term(second);
                    stage.retire(second);
                    stage.store().heal();
                  }),
          named("retention passes the committed position")
              .fault(
                  stage -> {
                    stage.traffic().pause();
                    stage.awaitSettled();
                    stage.term();
                    stage.expire(300);
                    stage.traffic().start();
                    stage.launch().awaitRunning();
                  })
              .bitten(
                  stage ->
                      stage.await(
                          "it is counted",
                          () ->
                              stage.product().metric("modelvane_source_position_resets_total")
                                  > 0)),
          named("aborted transactions")
              .fault(
                  stage -> {
                    for (int i = 0; i < 5; i++) {
                      stage.traffic().abort(20);
                    }
                  })
              .bitten(Stage::awaitFlow),
          named("messages larger than what is fetched")
              .configured(
                  text ->
                      text.replace(
                          "session_timeout: 6s", "session_timeout: 6s\n    fetch_size: 64KiB"))
              .fault(
                  stage -> {
                    for (int i = 0; i < 5; i++) {
                      stage.traffic().large(500_000);
                    }
                  })
              .bitten(Stage::awaitFlow),
          named("partitions added")
              .configured(
                  text ->
                      text.replace(
                          "session_timeout: 6s",
                          "session_timeout: 6s\n    properties: { metadata.max.age.ms: \"2000\" }"))
              .fault(
                  stage ->
                      stage
                          .admin()
                          .createPartitions(
                              Map.of(
                                  stage.name(), NewPartitions.increaseTo(Traffic.PARTITIONS + 2)))
                          .all()
                          .get())
              .bitten(stage -> stage.traffic().spread(Traffic.PARTITIONS + 2)),
          named("topic recreated")
              .fault(
                  stage -> {
                    stage.traffic().pause();
                    stage.awaitSettled();
                    stage.recreateTopic();
                    stage.traffic().start();
                  })
              .bitten(Stage::awaitFlow),
          named("poison between good messages").before(stage -> stage.traffic().malformedEvery(3)));

  private KafkaFaults() {}

  private static void pause(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }

  /** A second one that shares the metrics; alerting has one owner. */
  private static String another(String text) {
    return text.replace("group_instance_id: first", "group_instance_id: second")
        .replace("@folder@/data", "@folder@/second")
        .replaceAll("(?s)\n  @alerts@.*", "\n")
        .replaceAll("(?s)  alerting:\n.*?notifiers:.*?pipelines:", "pipelines:");
  }

  private static void secondJoins(Stage stage) throws Exception {
    stage.letters().lookInto(stage.folder().resolve("second/dead-letters"));
    Product second = stage.launch(stage.configure(SECOND, KafkaFaults::another));
    second.awaitRunning();
    stage.await(
        "the second takes its part", () -> second.metric("modelvane_pipeline_events_total") > 10);
  }
}
