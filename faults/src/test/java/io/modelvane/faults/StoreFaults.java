package io.modelvane.faults;

import static io.modelvane.faults.FaultCase.named;

import io.modelvane.faults.Store.Rule;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** What goes wrong in the store and on the way to it. */
final class StoreFaults {
  static final List<FaultCase> ALL =
      List.of(
          named("store down at start")
              .before(stage -> stage.store().door().refuse())
              .bitten(stage -> stage.awaitPart("sink influx", "waiting to start"))
              .mend(stage -> stage.store().door().pass()),
          named("store down and back")
              .fault(stage -> stage.store().door().refuse())
              .bitten(stage -> stage.awaitPart(stage.writing(), "cannot be reached"))
              .mend(stage -> stage.store().door().pass())
              .then(
                  named("store half open")
                      .fault(stage -> stage.store().door().swallow())
                      .bitten(stage -> stage.awaitPart(stage.writing(), "does not answer"))
                      .mend(
                          stage -> {
                            stage.store().door().pass();
                            stage.store().door().cut();
                          }))
              .then(
                  named("store reset after it kept")
                      .fault(stage -> stage.store().door().resetAfter(0))
                      .bitten(StoreFaults::awaitRepeats)
                      .mend(stage -> stage.store().door().pass())),
          answering("store hangs", StoreRules.hanging(), 0)
              .then(answering("store keeps and hangs", StoreRules.hangingAfterKeeping(), 0))
              .then(
                  named("store answers too late")
                      .fault(stage -> stage.store().rule(StoreRules.slow(Duration.ofMillis(2_500))))
                      .bitten(StoreFaults::awaitRepeats)
                      .mend(stage -> stage.store().heal())),
          patient("store 503 retry-after", StoreRules.pausing("3"), 2, Duration.ofSeconds(3)),
          named("store 503 retry-after date")
              .fault(
                  stage ->
                      stage
                          .store()
                          .rule(
                              (lines, ledger) ->
                                  StoreRules.pausing(inTwoSeconds()).answer(lines, ledger)))
              .bitten(stage -> awaitAnswers(stage, 503, 3))
              .mend(stage -> stage.store().heal())
              .then(
                  named("store slow")
                      .fault(stage -> stage.store().rule(StoreRules.slow(Duration.ofMillis(1_500))))
                      .bitten(Stage::awaitFlow)
                      .mend(stage -> stage.store().heal()))
              .then(
                  named("store 413")
                      .fault(
                          stage -> {
                            stage.store().rule(StoreRules.takingAtMost(1_000));
                            stage.traffic().burst(200);
                          })
                      .bitten(stage -> awaitAnswers(stage, 413, 3))),
          patient(
              "store 429",
              StoreRules.refusing(429, "too many requests", "slow down"),
              20,
              Duration.ofSeconds(4)),
          answering("store 500", StoreRules.refusing(500, "internal error", "oops"), 500)
              .then(
                  answering(
                      "store 401 then right",
                      StoreRules.refusing(401, "unauthorized", "nobody is called " + Stage.SECRET),
                      401))
              .then(
                  answering(
                      "store 404 then created",
                      StoreRules.refusing(404, "not found", "bucket \\\"insights\\\" not found"),
                      404)),
          answering("store 400 of a gateway", StoreRules.page(400), 400)
              .then(answering("store 502 of a gateway", StoreRules.page(502), 502))
              .then(
                  answering(
                      "store works every other time",
                      StoreRules.everyOther(StoreRules.refusing(503, "unavailable", "busy")),
                      503)),
          named("store name does not resolve")
              .java(Hosts.OPTIONS)
              .configured(text -> text.replace("@store@", "http://" + Hosts.NAME + ":@store-port@"))
              .before(Hosts::learn)
              .fault(Hosts::forget)
              .bitten(
                  stage ->
                      stage.await(
                          "it is not found",
                          () -> {
                            stage.store().door().cut(); // the JVM may know the name a while yet
                            return stage.product().part(stage.writing()).contains(Hosts.NAME);
                          }))
              .mend(Hosts::learn),
          named("store 400 naming one line")
              .before(stage -> stage.store().rule(StoreRules.quotingBadLines()))
              .bitten(stage -> awaitAnswers(stage, 400, 3))
              .refuses(FaultCase.Refusal.FOR_GOOD),
          named("store 422 partial over a type conflict")
              .before(stage -> stage.store().rule(StoreRules.droppingBadLines()))
              .bitten(stage -> awaitAnswers(stage, 422, 3))
              .refuses(FaultCase.Refusal.FOR_GOOD),
          named("dead letters put back")
              .before(stage -> stage.store().rule(StoreRules.droppingBadLines()))
              .bitten(stage -> awaitAnswers(stage, 422, 3))
              .mend(
                  stage -> {
                    stage.store().heal();
                    stage.traffic().pause();
                    stage.await("all is read", stage::isRead);
                    stage.processes().command("dlq", "replay", "--stage", "sink:influx");
                    stage.processes().command("dlq", "replay", "--stage", "sink:influx");
                    stage.traffic().start();
                  })
              .refuses(FaultCase.Refusal.UNTIL_PUT_BACK),
          named("store 500 over one row")
              .before(
                  stage -> {
                    stage.store().rule(StoreRules.breakingOver("id-96"));
                    stage.traffic().burst(300);
                  })
              .bitten(
                  stage -> {
                    awaitAnswers(stage, 500, 3);
                    stage.await(
                        "the others of its batch are stored", () -> isAllStored(stage, 300));
                  })
              .mend(stage -> stage.store().heal()),
          named("store answer breaks off")
              .before(stage -> stage.store().rule(StoreRules.quotingBadLines()))
              .fault(stage -> stage.store().door().resetAfter(120))
              .bitten(stage -> awaitAnswers(stage, 400, stage.store().answered(400) + 2))
              .mend(stage -> stage.store().door().pass())
              .refuses(FaultCase.Refusal.FOR_GOOD));

  private StoreFaults() {}

  /** Follows a rule until it has answered a few times with a status, then is as good as ever. */
  private static FaultCase answering(String name, Rule rule, int status) {
    return named(name)
        .fault(stage -> stage.store().rule(rule))
        .bitten(stage -> awaitAnswers(stage, status, stage.store().answered(status) + 3))
        .mend(stage -> stage.store().heal());
  }

  private static void awaitAnswers(Stage stage, int status, int times) {
    stage.await(times + " answers " + status, () -> stage.store().answered(status) >= times);
  }

  /** The same, and the time between the first offers of one row is no shorter than that. */
  private static FaultCase patient(String name, Rule rule, int offers, Duration least) {
    Offers refused = new Offers(rule);
    return named(name)
        .fault(stage -> stage.store().rule(refused))
        .bitten(
            stage -> {
              stage.await(offers + " offers of one row", () -> refused.most() >= offers);
              Duration took = refused.took(offers);
              stage.report(offers + " offers of one row", took);
              if (took.compareTo(least) < 0) {
                throw new AssertionError(offers + " offers of one row within " + took);
              }
            })
        .mend(stage -> stage.store().heal());
  }

  /** Whether the usual calls among the first so many messages are there. */
  private static boolean isAllStored(Stage stage, int messages) {
    return stage.traffic().sent().stream()
        .filter(message -> message.kind() == Message.Kind.CALL)
        .filter(message -> Integer.parseInt(message.id().substring(3)) < messages)
        .allMatch(message -> stage.store().ledger().has(message.id()));
  }

  private static void awaitRepeats(Stage stage) {
    int before = stage.store().ledger().repeats();
    stage.await("rows come again", () -> stage.store().ledger().repeats() >= before + 20);
  }

  private static String inTwoSeconds() {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(2));
  }
}
