package io.modelvane.faults;

import static io.modelvane.faults.FaultCase.named;

import io.modelvane.faults.Arrival.Endpoint;
import io.modelvane.testkit.ScriptedServer.Answer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** What goes wrong where people are told. */
final class NotifierFaults {
  private static final List<Endpoint> EVERYBODY = List.of(Endpoint.values());

  static final List<FaultCase> ALL =
      List.of(
          answering("notifiers 500", Answer.of(500, "oops")).repeats(1),
          answering("notifiers 429", Answer.of(429, "slow").with("Retry-After", "1")),
          answering("notifiers hang", Answer.silence()).repeats(1),
          named("notifiers refuse connections")
              .fault(
                  stage -> {
                    for (Endpoint endpoint : EVERYBODY) {
                      stage.people().door(endpoint).refuse();
                    }
                  })
              .bitten(Stage::awaitFlow)
              .mend(
                  stage -> {
                    for (Endpoint endpoint : EVERYBODY) {
                      stage.people().door(endpoint).pass();
                    }
                  }),
          named("one of three notifiers dead")
              .fault(stage -> stage.people().door(Endpoint.TEAM).swallow())
              .bitten(
                  stage -> {
                    stage.await(
                        "the others are told",
                        () ->
                            stage.people().knows(Endpoint.PAGER, 1, false)
                                && stage.people().knows(Endpoint.HOOK, 1, false));
                    stage.awaitFlow();
                  })
              .mend(
                  stage -> {
                    stage.people().door(Endpoint.TEAM).pass();
                    stage.people().door(Endpoint.TEAM).cut();
                  })
              .repeats(1),
          named("killed between telling and noting")
              .fault(NotifierFaults::killWhenTold)
              .bitten(
                  stage -> {
                    stage.await("it is killed", () -> !stage.product().alive());
                    stage.launch().awaitRunning();
                    stage.await("the team is told again", () -> told(stage) > 1);
                  })
              .repeats(1));

  private NotifierFaults() {}

  private static FaultCase answering(String name, Answer answer) {
    return named(name)
        .fault(stage -> EVERYBODY.forEach(one -> stage.people().answers(one, () -> answer)))
        .bitten(
            stage ->
                stage.await(
                    "everybody is called twice",
                    () -> EVERYBODY.stream().allMatch(one -> stage.people().calls(one) >= 2)))
        .mend(stage -> EVERYBODY.forEach(stage.people()::heal));
  }

  private static long told(Stage stage) {
    return stage.people().arrivals().stream()
        .filter(arrival -> arrival.endpoint() == Endpoint.TEAM)
        .count();
  }

  /** The team has the message; the product never hears of it. */
  private static void killWhenTold(Stage stage) {
    Product victim = stage.product();
    AtomicBoolean first = new AtomicBoolean(true);
    stage
        .people()
        .answers(
            Endpoint.TEAM,
            () -> {
              if (first.getAndSet(false)) {
                try {
                  victim.kill();
                } catch (InterruptedException interrupted) {
                  Thread.currentThread().interrupt();
                }
              }
              return Answer.of(200, "ok");
            });
  }
}
