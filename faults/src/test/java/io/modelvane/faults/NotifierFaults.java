package io.modelvane.faults;

import static io.modelvane.faults.FaultCase.named;

import io.modelvane.faults.Arrival.Endpoint;
import io.modelvane.testkit.ScriptedServer.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** What goes wrong where people are told. */
final class NotifierFaults {
  private static final List<Endpoint> EVERYBODY = List.of(Endpoint.values());

  /** Those who answer to HTTP. */
  private static final List<Endpoint> CALLED =
      List.of(Endpoint.PAGER, Endpoint.TEAM, Endpoint.HOOK);

  static final List<FaultCase> ALL =
      List.of(
          answering("notifiers 500", Answer.of(500, "oops"))
              .bitten(
                  stage -> {
                    stage.await("everybody is called twice", () -> isCalled(stage, 2));
                    atMost(stage, 12, Duration.ofSeconds(2));
                  })
              .repeats(1),
          answering("notifiers 429", Answer.of(429, "slow").with("Retry-After", "3"))
              .bitten(
                  stage -> {
                    stage.await("everybody is called again", () -> isCalled(stage, 2));
                    for (Endpoint one : CALLED) {
                      Duration pause = stage.people().pause(one);
                      if (pause.compareTo(Duration.ofSeconds(3)) < 0) {
                        throw new AssertionError(one + " was called again after " + pause);
                      }
                    }
                  })
              .then(
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
                          })),
          answering("notifiers hang", Answer.silence())
              .impatient()
              .repeats(1)
              .then(
                  answering(
                      "notifiers drip",
                      Answer.of(502, "x".repeat(100)).dripping(Duration.ofMillis(200)))),
          named("notifiers 400")
              .fault(
                  stage -> {
                    CALLED.forEach(
                        one -> stage.people().answers(one, () -> Answer.of(400, "invalid")));
                    int breach = stage.breach();
                    CALLED.forEach(one -> stage.neverHears(one, breach));
                    stage.await(
                        "everybody has refused it",
                        () -> CALLED.stream().allMatch(one -> stage.people().calls(one) > 0));
                    stage.await(
                        "the mail is there",
                        () -> stage.people().knows(Endpoint.MAIL, breach, false));
                    stage.traffic().recover(breach);
                  })
              .mend(stage -> CALLED.forEach(stage.people()::heal))
              .then(
                  named("notifier dead for longer than the incident")
                      .fault(
                          stage -> {
                            stage.people().answers(Endpoint.TEAM, () -> Answer.of(503, "busy"));
                            int breach = stage.breach();
                            stage.neverHears(Endpoint.TEAM, breach);
                            stage.await(
                                "the others are told", () -> othersKnow(stage, breach, false));
                            stage.traffic().recover(breach);
                            stage.await(
                                "the others are told", () -> othersKnow(stage, breach, true));
                          })
                      .mend(stage -> stage.people().heal(Endpoint.TEAM))),
          named("notifiers misconfigured: token, redirect and certificate")
              .java(TlsDoor.OPTIONS)
              .before(
                  stage -> {
                    int port = stage.tlsDoor().port();
                    stage.reconfigure(
                        text -> text.replace("@hook@", "https://localhost:" + port + "/hook"));
                    stage.people().answers(Endpoint.PAGER, () -> Answer.of(401, "who are you?"));
                    stage
                        .people()
                        .answers(
                            Endpoint.TEAM, () -> Answer.of(302, "").with("Location", "/elsewhere"));
                  })
              .bitten(
                  stage -> {
                    TlsDoor door = stage.tlsDoor();
                    stage.await(
                        "nobody is told",
                        () ->
                            door.refusals() > 0
                                && stage.people().calls(Endpoint.PAGER) > 0
                                && stage.people().calls(Endpoint.TEAM) > 0);
                  })
              .mend(
                  stage -> {
                    CALLED.forEach(stage.people()::heal);
                    stage.tlsDoor().trust();
                  }),
          named("one of four notifiers dead")
              .impatient()
              .fault(stage -> stage.people().door(Endpoint.TEAM).swallow())
              .bitten(
                  stage -> {
                    stage.await("the others are told", () -> othersKnow(stage, 1, false));
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
        .fault(
            stage -> {
              stage.people().forgetCalls();
              CALLED.forEach(one -> stage.people().answers(one, () -> answer));
            })
        .bitten(stage -> stage.await("everybody is called twice", () -> isCalled(stage, 2)))
        .mend(stage -> CALLED.forEach(stage.people()::heal));
  }

  private static boolean isCalled(Stage stage, int times) {
    return CALLED.stream().allMatch(one -> stage.people().calls(one) >= times);
  }

  /** Nobody is called more often than that for so long. */
  private static void atMost(Stage stage, int times, Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
    for (Endpoint one : CALLED) {
      if (stage.people().calls(one) > times) {
        throw new AssertionError(one + " was called " + stage.people().calls(one) + " times");
      }
    }
  }

  private static boolean othersKnow(Stage stage, int breach, boolean resolved) {
    return EVERYBODY.stream()
        .filter(one -> one != Endpoint.TEAM)
        .allMatch(one -> stage.people().knows(one, breach, resolved));
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
