package io.modelvane.engine;

import static io.modelvane.engine.EngineRig.A;
import static io.modelvane.engine.EngineRig.CALL;
import static io.modelvane.engine.EngineRig.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.modelvane.engine.config.Configuration;
import io.modelvane.engine.config.ConfigurationLoader;
import io.modelvane.engine.plugin.PluginCatalogue;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Health;
import io.modelvane.spi.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps the engine, or a part of it, from starting. */
class EngineStartTest {
  @TempDir Path temp;

  private EngineRig engine;

  @BeforeEach
  void make() {
    engine = new EngineRig(temp);
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void everythingThatIsMisconfiguredIsListedAtOnceAndNothingRuns() throws Exception {
    engine.plugin.onStart.put(
        "sink first",
        c -> {
          throw new ComponentException(
              Outcome.Kind.MISCONFIGURED, "token hunter2hunter2 is refused");
        });
    engine.plugin.onStart.put(
        "source in of p",
        c -> {
          throw new IllegalStateException("no broker, hunter2hunter2");
        });
    engine.plugin.onStart.put(
        "notifier n",
        c -> {
          throw new ComponentException(Outcome.Kind.FATAL, "gone");
        });
    StartFailure failure = engine.startFails("");
    assertThat(failure.reasons())
        .satisfiesExactly(
            r -> assertThat(r).endsWith("yaml:6:17: notifier 'n': gone"),
            r -> assertThat(r).endsWith("yaml:8:10: sink 'first': token **** is refused"),
            r ->
                assertThat(r)
                    .endsWith(
                        "source 'in': it failed to start: java.lang.IllegalStateException: no"
                            + " broker, ****"));
    assertThat(failure.getMessage()).doesNotContain("hunter2");
    assertThat(engine.plugin.journal)
        .contains("stop sink first", "stop sink second", "stop notifier n");
    engine.plugin.onStart.clear();
    engine.start(); // the folder is free again
  }

  @Test
  void aComponentThatCannotBeMadeForAnErrorIsAReason() throws Exception {
    engine.plugin.whenMade = new ServiceConfigurationError("codec of hunter2hunter2 not found");
    StartFailure failure = engine.startFails("");
    assertThat(failure.reasons())
        .singleElement()
        .asString()
        .contains("yaml:9:11: sink 'second' cannot be made: ", "codec of **** not found");
  }

  @Test
  void aSinkThatThrowsAnErrorWhenItIsToldOfItsPipelinesIsFedAllTheSame() throws Exception {
    engine.plugin.whenTold = new ServiceConfigurationError("no codec");
    engine.start();
    engine.bring("p", TestEvents.batch(A, 0, CALL.formatted("1")));
    eventually(() -> assertThat(engine.plugin.lines).hasSize(1));
  }

  @Test
  void whatIsNotThereYetIsTriedAgainWhileOthersWork() throws Exception {
    CountDownLatch there = new CountDownLatch(1);
    engine.plugin.onStart.put(
        "sink first",
        c -> {
          if (there.getCount() > 0) {
            throw new ComponentException(Outcome.Kind.RETRYABLE, "away, hunter2hunter2");
          }
        });
    engine.start("  q: { source: in, decode: algorithmia-insights, sinks: second }\n");
    engine.bring("p", TestEvents.batch(A, 0, CALL.formatted("1")));
    engine.bring("q", TestEvents.batch(A, 0, CALL.formatted("2")));
    eventually(() -> assertThat(engine.plugin.lines).hasSize(1));
    assertThat(engine.plugin.lines.get(0)).contains("x=2");
    assertThat(engine.running().health().get("sink first"))
        .isEqualTo(new Health(Health.State.DOWN, "waiting to start; away, ****"));
    assertThat(engine.get("/ready").statusCode()).isEqualTo(503);
    assertThat(engine.get("/ready").body()).contains("waiting to start").doesNotContain("hunter2");
    there.countDown();
    eventually(() -> assertThat(engine.plugin.lines).hasSize(2));
    eventually(() -> assertThat(engine.get("/ready").statusCode()).isEqualTo(200));
  }

  @Test
  void aPauseThatIsAskedForAtTheStartIsKept() {
    Outcome asked = ComponentException.throttled(Duration.ofSeconds(90), "429").toOutcome();
    assertThat(ManagedComponent.RESTART.delay(1, asked, ThreadLocalRandom.current()))
        .isEqualTo(Duration.ofSeconds(90));
    assertThat(
            ManagedComponent.RESTART.delay(
                30, new Outcome.Retryable("away"), ThreadLocalRandom.current()))
        .isLessThanOrEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void startAndStopOfOneComponentNeverOverlap() throws Exception {
    CountDownLatch again = new CountDownLatch(2);
    boolean[] inside = {false};
    boolean[] overlap = {false};
    engine.plugin.onStart.put(
        "sink first",
        c -> {
          again.countDown();
          if (again.getCount() > 0) {
            throw new ComponentException(Outcome.Kind.RETRYABLE, "away");
          }
          inside[0] = true;
          try {
            new CountDownLatch(1).await(); // until interrupted
          } finally {
            inside[0] = false;
          }
        });
    engine.plugin.onStop.put("sink first", c -> overlap[0] |= inside[0]);
    engine.start();
    again.await();
    engine.running().stop();
    assertThat(engine.plugin.journal).contains("stop sink first");
    assertThat(overlap[0]).isFalse();
  }

  @Test
  void whatIsBrokenForGoodEndsTheWait() throws Exception {
    int[] calls = {0};
    engine.plugin.onStart.put(
        "sink first",
        c -> {
          throw new ComponentException(
              calls[0]++ == 0 ? Outcome.Kind.RETRYABLE : Outcome.Kind.FATAL, "broken");
        });
    engine.start();
    assertThat(engine.running().awaitEnd()).isFalse();
    assertThat(engine.running().health().get("sink first"))
        .isEqualTo(new Health(Health.State.DOWN, "broken"));
  }

  @Test
  void aStopWhileStartingEndsTheStart() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    engine.plugin.onStart.put(
        "sink first",
        c -> {
          inside.countDown();
          new CountDownLatch(1).await();
        });
    Configuration configuration = engine.configuration("");
    Throwable[] ended = {null};
    Thread starter =
        new Thread(
            () -> {
              try {
                Modelvane.start(configuration, Clock.systemUTC());
              } catch (StartFailure | InterruptedException stopped) {
                ended[0] = stopped;
              }
            });
    starter.start();
    inside.await();
    starter.interrupt();
    starter.join(20_000);
    assertThat(ended[0]).isInstanceOf(InterruptedException.class);
    assertThat(engine.plugin.journal).contains("stop sink second", "stop notifier n");
    engine.plugin.onStart.clear();
    engine.start();
  }

  @Test
  void aDataFolderThatAnotherUsesIsRefused() throws Exception {
    engine.start();
    StartFailure failure = engine.startFails("");
    assertThat(failure.reasons())
        .singleElement()
        .asString()
        .startsWith("the data folder " + temp.resolve("data") + " is in use by process ")
        .contains(Long.toString(ProcessHandle.current().pid()));
    assertThat(engine.get("/live").statusCode()).as("the first goes on").isEqualTo(200);
  }

  @Test
  void aPortThatIsTakenIsAReason() throws Exception {
    engine.start();
    int port = engine.running().httpAddress().getPort();
    Path other = temp.resolve("other");
    StartFailure failure = startFailsOn(port, other);
    assertThat(failure.reasons())
        .singleElement()
        .asString()
        .contains("127.0.0.1:" + port + " cannot be listened on");
  }

  @SuppressWarnings("NullAway") // it does not see that the lookup may answer null
  private StartFailure startFailsOn(int port, Path data) throws IOException {
    Path file = temp.resolve("modelvane.yaml");
    Configuration first = engine.configuration("");
    Files.writeString(
        file,
        Files.readString(file)
            .replace("port: 0", "port: " + port)
            .replace(temp.resolve("data").toString(), data.toString()));
    assertThat(first.pipelines()).hasSize(1);
    Configuration second =
        new ConfigurationLoader(PluginCatalogue.of(new EnginePlugin(), engine.plugin), name -> null)
            .load(List.of(file))
            .configuration()
            .orElseThrow();
    return Objects.requireNonNull(
        catchThrowableOfType(StartFailure.class, () -> Modelvane.start(second, Clock.systemUTC())));
  }
}
