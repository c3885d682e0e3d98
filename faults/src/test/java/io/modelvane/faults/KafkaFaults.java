package io.modelvane.faults;

import static io.modelvane.faults.FaultCase.named;

import java.time.Duration;
import java.util.List;

/** What goes wrong in Kafka and on the way to it. */
final class KafkaFaults {
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
              .on(FaultCase.Brokers.OWN),
          named("leader moves to another broker and back")
              .fault(
                  stage -> {
                    stage.await("the second broker leads", () -> stage.cluster().lead(2));
                    stage.awaitFlow();
                    stage.lane().second().kill();
                  })
              .bitten(
                  stage -> {
                    stage.await("the first broker leads", () -> stage.cluster().isLedBy(1));
                    stage.awaitFlow();
                  })
              .mend(
                  stage -> {
                    stage.lane().second().start();
                    stage.await("the second broker leads", () -> stage.cluster().lead(2));
                    stage.awaitFlow();
                  })
              .on(FaultCase.Brokers.TWO),
          named("broker cut off")
              .fault(stage -> stage.brokerDoor().refuse())
              .bitten(stage -> pause(Duration.ofSeconds(3)))
              .mend(stage -> stage.brokerDoor().pass())
              .then(
                  named("broker connections reset again and again")
                      .fault(stage -> {})
                      .bitten(
                          stage -> {
                            for (int i = 0; i < 10; i++) {
                              stage.brokerDoor().cut();
                              pause(Duration.ofMillis(200));
                            }
                          }))
              .then(
                  named("broker half open")
                      .fault(stage -> stage.brokerDoor().swallow())
                      .bitten(stage -> pause(Duration.ofSeconds(3)))
                      .mend(
                          stage -> {
                            stage.brokerDoor().pass();
                            stage.brokerDoor().cut();
                          }))
              .then(
                  named("broker slow")
                      .fault(stage -> stage.brokerDoor().delay(Duration.ofMillis(150)))
                      .bitten(Stage::awaitFlow)
                      .mend(stage -> stage.brokerDoor().pass())),
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
              .bitten(Stage::awaitFlow)
              .then(
                  named("transactions at the end of the partitions")
                      .fault(stage -> stage.traffic().pause())
                      .bitten(
                          stage -> {
                            stage.traffic().commit(30);
                            stage.awaitSettled();
                            stage.traffic().abort(30);
                            stage.awaitSettled();
                            stage.traffic().start();
                          })),
          named("gaps of compaction")
              .before(
                  stage -> {
                    stage.cluster().compact();
                    stage.traffic().repeat(100, 5);
                    stage.await(
                        "old messages are gone",
                        () -> {
                          stage.traffic().burst(3); // a segment ends when the next one begins
                          return stage.cluster().gaps() > 100;
                        });
                  }),
          named("read again from the first message")
              .fault(
                  stage -> {
                    stage.recover(stage.breach());
                    stage.traffic().pause();
                    stage.awaitSettled();
                    stage.term();
                    stage.rewind();
                    stage.traffic().start();
                    stage.launch().awaitRunning();
                  })
              .bitten(
                  stage ->
                      stage.await("rows come again", () -> stage.store().ledger().repeats() > 30)),
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
              .fault(stage -> stage.cluster().grow(Traffic.PARTITIONS + 2))
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
          named("broker name does not resolve at start")
              .java(Hosts.OPTIONS)
              .configured(text -> text.replace("@broker@", Hosts.NAME + ":@broker-port@"))
              .before(Hosts::forget)
              .bitten(
                  stage ->
                      stage.awaitPart(
                          "source insights of " + stage.metrics(), "no broker can be reached"))
              .mend(Hosts::learn),
          named("password wrong at start")
              .configured(KafkaFaults::withLogin)
              .before(
                  stage -> {
                    stage.cluster().password("another");
                    Product refused = stage.launch();
                    stage.await("it says so", () -> refused.words().contains("refuse the login"));
                    refused.kill(); // it has ended, unless the broker was slow to say no
                    stage.processes().retire(refused);
                    stage.cluster().password(Stage.SECRET);
                  })
              .then(
                  named("password revoked and given back")
                      .fault(
                          stage -> {
                            stage.cluster().password("another");
                            stage.lane().login().door().cut();
                          })
                      .bitten(
                          stage ->
                              stage.awaitPart("pipeline " + stage.metrics(), "refuse the login"))
                      .mend(stage -> stage.cluster().password(Stage.SECRET))),
          named("poison between good messages").before(stage -> stage.traffic().malformedEvery(3)));

  private KafkaFaults() {}

  private static String withLogin(String text) {
    String login =
        "[\"@login@\"]\n"
            + "    sasl: { mechanism: scram_sha_256, username: @topic@, password: @secret@ }";
    return text.replace("[\"@broker@\"]", login);
  }

  private static void pause(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }
}
