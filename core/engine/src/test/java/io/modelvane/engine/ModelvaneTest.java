package io.modelvane.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.modelvane.engine.config.Configuration;
import io.modelvane.engine.config.ConfigurationLoader;
import io.modelvane.engine.config.Loaded;
import io.modelvane.engine.plugin.PluginCatalogue;
import io.modelvane.spi.ApiResponse;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.EventBatch;
import io.modelvane.spi.Health;
import io.modelvane.spi.Notification;
import io.modelvane.spi.NotifierRef;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.RowRejection;
import io.modelvane.spi.Split;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole engine with components that do nothing, from start to stop. */
class ModelvaneTest {
  private static final Split A = new Split("calls", 0);
  private static final String CALL = "{\"time\":\"2026-01-01T00:00:00.123456789\",\"x\":%s}";

  @TempDir Path temp;

  private final FakePlugin plugin = new FakePlugin();
  private @Nullable Modelvane running;

  @AfterEach
  void stop() {
    if (running != null) {
      running.stop();
    }
  }

  @SuppressWarnings("NullAway") // it does not see that the lookup may answer null
  private Configuration configuration(String more) throws IOException {
    Path file = temp.resolve("modelvane.yaml");
    Files.writeString(
        file,
        """
        data: %s
        http: { port: 0 }
        stop_within: 2s
        sources: { in: { type: fake } }
        transforms: { t: { type: fake } }
        notifiers: { n: { type: fake } }
        sinks:
          first: { type: fake, url: "http://h", record_to: second, tell: n, token: hunter2hunter2 }
          second: { type: fake, url: "http://h" }
        pipelines:
          p: { source: in, decode: algorithmia-insights, transforms: t, sinks: first }
        """
                .formatted(temp.resolve("data"))
            + more);
    Loaded loaded =
        new ConfigurationLoader(PluginCatalogue.of(new EnginePlugin(), plugin), name -> null)
            .load(List.of(file));
    assertThat(loaded.problems()).isEmpty();
    return loaded.configuration().orElseThrow();
  }

  private Modelvane start() throws Exception {
    running = Modelvane.start(configuration(""), Clock.systemUTC());
    return running;
  }

  private Modelvane running() {
    return Objects.requireNonNull(running);
  }

  private StartFailure startFails(String more) throws IOException {
    Configuration configuration = configuration(more);
    return Objects.requireNonNull(
        catchThrowableOfType(
            StartFailure.class, () -> Modelvane.start(configuration, Clock.systemUTC())));
  }

  private static void eventually(ThrowingRunnable assertion) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(assertion);
  }

  private void bring(String pipeline, EventBatch events) {
    BlockingQueue<EventBatch> queue = Objects.requireNonNull(plugin.events.get(pipeline));
    queue.add(events);
  }

  private HttpResponse<String> get(String path) throws Exception {
    int port = running().httpAddress().getPort();
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void startsWhoeverIsNamedByAnotherFirstAndStopsInTheOppositeOrder() throws Exception {
    start().stop();
    List<String> starts = plugin.journal.stream().filter(j -> j.startsWith("start")).toList();
    assertThat(starts.subList(0, 3))
        .containsExactly("start notifier n", "start sink second", "start sink first");
    assertThat(starts.subList(3, 5))
        .containsExactlyInAnyOrder("start source in of p", "start transform t of p");
    List<String> stops =
        plugin.journal.stream().filter(j -> j.startsWith("stop")).distinct().toList();
    assertThat(stops.subList(2, 5))
        .containsExactly("stop sink first", "stop sink second", "stop notifier n");
  }

  @Test
  void onlyTheSourceOfAnExclusiveSinkIsToReadAlone() throws Exception {
    plugin.exclusive.add("second");
    running =
        Modelvane.start(
            configuration("  q: { source: in, decode: algorithmia-insights, sinks: second }\n"),
            Clock.systemUTC());
    assertThat(plugin.journal)
        .contains("alone source in of q")
        .doesNotContain("alone source in of p")
        .containsSubsequence("alone source in of q", "start source in of q");
  }

  @Test
  void storesWhatComesAndAcknowledgesIt() throws Exception {
    start();
    bring("p", TestEvents.batch(A, 5, CALL.formatted("1"), "nonsense"));
    eventually(
        () ->
            assertThat(plugin.acknowledged)
                .hasEntrySatisfying("p", offsets -> assertThat(offsets).containsEntry(A, 7L)));
    assertThat(plugin.lines).containsExactly("algorithmia x=1 1767225600123456789");
    assertThat(letters())
        .contains("\"reason\":\"is not valid JSON at byte ")
        .contains("\"offset\":6");
  }

  private String letters() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(temp.resolve("data/dead-letters"))) {
      for (Path file : files.toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  @Test
  void showsLifeReadinessAndMetricsOverHttp() throws Exception {
    start();
    assertThat(get("/live").statusCode()).isEqualTo(200);
    eventually(() -> assertThat(get("/ready").statusCode()).isEqualTo(200));
    assertThat(get("/ready").body()).contains("\"ready\" : true").contains("\"sink first\"");
    assertThat(get("/metrics").body())
        .contains("modelvane_pipeline_events_total{pipeline=\"p\"}")
        .contains("jvm_memory_used_bytes");
    assertThat(get("/other").statusCode()).isEqualTo(404);
  }

  @Test
  void aComponentServesItsPartOfTheApi() throws Exception {
    plugin.onStart.put(
        "sink first",
        c ->
            c.serve(
                "things",
                request ->
                    ApiResponse.json(200, "{\"at\":\"" + request.path() + " hunter2hunter2\"}")));
    start();
    assertThat(get("/api/v1/things/7").body()).isEqualTo("{\"at\":\"[7] ****\"}");
    assertThat(get("/api/v1/others").statusCode()).isEqualTo(404);
    assertThat(get("/api/v1/others").body()).contains("there are things");
  }

  @Test
  void aTrialStartsOneNotifierAndNothingElse() throws Exception {
    NotifierTrial trial = new NotifierTrial(configuration(""), Clock.systemUTC());
    assertThat(trial.names()).containsExactly("n");
    assertThat(trial.deliver("n").outcome()).isEqualTo(Outcome.DONE);
    assertThat(plugin.journal).containsExactly("start notifier n", "stop notifier n");
    assertThat(temp.resolve("data")).doesNotExist();

    plugin.onStart.put(
        "notifier n",
        c -> {
          throw new ComponentException(Outcome.Kind.MISCONFIGURED, "no such channel");
        });
    Delivery refused = trial.deliver("n");
    assertThat(refused.outcome()).isEqualTo(new Outcome.Misconfigured("no such channel"));
    assertThat(refused.sent()).isFalse();
  }

  @Test
  @SuppressWarnings("NullAway") // what a careless plugin does
  void aNotifierThatAnswersNothingIsNamed() throws Exception {
    NotifierTrial trial = new NotifierTrial(configuration(""), Clock.systemUTC());
    plugin.delivery = () -> null;
    assertThat(trial.deliver("n").outcome().reason())
        .contains("notifier 'n' answered nothing: a defect of the plugin");
  }

  @Test
  void whatANotifierAnswersIsFitToBeKept() throws Exception {
    plugin.delivery =
        () ->
            new Delivery(
                Outcome.Rejected.of("no\nforged hunter2hunter2" + "x".repeat(200_000)),
                OptionalInt.of(400),
                "a\u001b[2J",
                Map.of("k", "v"));
    NotifierTrial trial = new NotifierTrial(configuration(""), Clock.systemUTC());
    Delivery delivery = trial.deliver("n");
    assertThat(delivery.outcome().kind()).isEqualTo(Outcome.Kind.REJECTED);
    assertThat(delivery.outcome().reason()).startsWith("no forged ****xxx").hasSize(1_000);
    assertThat(delivery.answer()).isEqualTo("a [2J");
    assertThat(delivery.statusCode()).hasValue(400);
    assertThat(delivery.receipt()).containsEntry("k", "v");
  }

  @Test
  void everythingThatIsMisconfiguredIsListedAtOnceAndNothingRuns() throws Exception {
    plugin.onStart.put(
        "sink first",
        c -> {
          throw new ComponentException(
              Outcome.Kind.MISCONFIGURED, "token hunter2hunter2 is refused");
        });
    plugin.onStart.put(
        "source in of p",
        c -> {
          throw new IllegalStateException("no broker, hunter2hunter2");
        });
    plugin.onStart.put(
        "notifier n",
        c -> {
          throw new ComponentException(Outcome.Kind.FATAL, "gone");
        });
    StartFailure failure = startFails("");
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
    assertThat(plugin.journal).contains("stop sink first", "stop sink second", "stop notifier n");
    plugin.onStart.clear();
    start(); // the folder is free again
  }

  @Test
  void whatIsNotThereYetIsTriedAgainWhileOthersWork() throws Exception {
    CountDownLatch there = new CountDownLatch(1);
    plugin.onStart.put(
        "sink first",
        c -> {
          if (there.getCount() > 0) {
            throw new ComponentException(Outcome.Kind.RETRYABLE, "away, hunter2hunter2");
          }
        });
    running =
        Modelvane.start(
            configuration("  q: { source: in, decode: algorithmia-insights, sinks: second }\n"),
            Clock.systemUTC());
    bring("p", TestEvents.batch(A, 0, CALL.formatted("1")));
    bring("q", TestEvents.batch(A, 0, CALL.formatted("2")));
    eventually(() -> assertThat(plugin.lines).hasSize(1));
    assertThat(plugin.lines.get(0)).contains("x=2");
    assertThat(running().health().get("sink first"))
        .isEqualTo(new Health(Health.State.DOWN, "waiting to start; away, ****"));
    assertThat(get("/ready").statusCode()).isEqualTo(503);
    assertThat(get("/ready").body()).contains("waiting to start").doesNotContain("hunter2");
    there.countDown();
    eventually(() -> assertThat(plugin.lines).hasSize(2));
    eventually(() -> assertThat(get("/ready").statusCode()).isEqualTo(200));
  }

  @Test
  void startAndStopOfOneComponentNeverOverlap() throws Exception {
    CountDownLatch again = new CountDownLatch(2);
    boolean[] inside = {false};
    boolean[] overlap = {false};
    plugin.onStart.put(
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
    plugin.onStop.put("sink first", c -> overlap[0] |= inside[0]);
    start();
    again.await();
    running().stop();
    assertThat(plugin.journal).contains("stop sink first");
    assertThat(overlap[0]).isFalse();
  }

  @Test
  void whatIsBrokenForGoodEndsTheWait() throws Exception {
    int[] calls = {0};
    plugin.onStart.put(
        "sink first",
        c -> {
          throw new ComponentException(
              calls[0]++ == 0 ? Outcome.Kind.RETRYABLE : Outcome.Kind.FATAL, "broken");
        });
    start();
    assertThat(running().awaitEnd()).isFalse();
    assertThat(running().health().get("sink first"))
        .isEqualTo(new Health(Health.State.DOWN, "broken"));
  }

  @Test
  void aComponentThatHangsInStopIsLeftBehind() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    plugin.onStop.put("sink first", c -> deaf(never));
    start();
    long begun = System.nanoTime();
    running().stop();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(6));
    assertThat(plugin.journal).contains("stop sink second", "stop notifier n");
    never.countDown();
  }

  private static void deaf(CountDownLatch never) {
    while (never.getCount() > 0) {
      try {
        never.await();
      } catch (InterruptedException deaf) {
        // hangs on
      }
    }
  }

  @Test
  void whatAComponentSaysForgesNoLine() throws Exception {
    plugin.onStart.put(
        "sink second",
        c -> {
          throw new ComponentException(
              Outcome.Kind.MISCONFIGURED, "no\n2026 ERROR forged\u001b[2J" + "x".repeat(100_000));
        });
    assertThat(startFails("").reasons())
        .singleElement()
        .asString()
        .contains("no 2026 ERROR forged [2Jxxx")
        .doesNotContain("\n", "\u001b")
        .hasSizeLessThan(1_500);
  }

  @Test
  void aLogLineOfAComponentIsOneLine() throws Exception {
    plugin.onStart.put(
        "sink first",
        c -> c.logger().log(System.Logger.Level.WARNING, "a\n2026 ERROR {0}", "b\u001b[2J"));
    List<String> said = new CopyOnWriteArrayList<>();
    LogTap log = new LogTap("io.modelvane.first", said);
    start();
    log.close();
    assertThat(said).containsExactly("a 2026 ERROR b [2J");
  }

  @Test
  void saysThatItStopsAndNamesWhoIsLeftBehind() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch inside = new CountDownLatch(2);
    plugin.onDeliver.put(
        "notifier n",
        c -> {
          inside.countDown();
          deaf(never);
        });
    plugin.onStart.put(
        "sink first",
        c -> {
          Future<?> call =
              c.executor()
                  .submit(
                      () ->
                          c.notifier(new NotifierRef("n"))
                              .deliver(Notification.test("n", c.clock().instant())));
          Future<?> work =
              c.executor().submit(() -> c.state().transact(connection -> hold(inside, never)));
          assertThat(List.of(call, work)).noneMatch(Future::isDone);
        });
    start();
    inside.await();
    List<String> said = new CopyOnWriteArrayList<>();
    long begun = System.nanoTime();
    LogTap log = new LogTap("io.modelvane.engine", said);
    running().stop();
    log.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(6));
    never.countDown();
    assertThat(said)
        .first()
        .isEqualTo("stopping: pipelines p finish what is in flight, within 2 s");
    assertThat(said)
        .contains("notifier 'n' has not come back from deliver() and is left behind")
        .anyMatch(line -> line.startsWith("sink_first does not let go of "))
        .last()
        .asString()
        .matches("stopped after \\d+ ms");
  }

  @Test
  void ofTwoComponentsOfOneClassTheOneThatHangsIsNamed() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch inside = new CountDownLatch(1);
    plugin.sinkAnswer =
        batch -> {
          inside.countDown();
          deaf(never);
          return Outcome.DONE;
        };
    start();
    bring("p", TestEvents.batch(A, 0, CALL.formatted("1")));
    inside.await();
    List<String> said = new CopyOnWriteArrayList<>();
    LogTap log = new LogTap("io.modelvane.engine", said);
    running().stop();
    log.close();
    never.countDown();
    assertThat(said).contains("sink 'first' has not come back from write() and is left behind");
  }

  private static boolean hold(CountDownLatch inside, CountDownLatch never) {
    inside.countDown();
    deaf(never);
    return true;
  }

  @Test
  void componentsThatThrowInStopHoldUpNobody() throws Exception {
    for (String title : List.of("sink first", "source in of p", "transform t of p")) {
      plugin.onStop.put(
          title,
          c -> {
            throw new IllegalStateException("no");
          });
    }
    start().stop();
    assertThat(plugin.journal).contains("stop sink second", "stop notifier n");
    running().stop();
  }

  @Test
  void aStopWhileStartingEndsTheStart() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    plugin.onStart.put(
        "sink first",
        c -> {
          inside.countDown();
          new CountDownLatch(1).await();
        });
    Configuration configuration = configuration("");
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
    assertThat(plugin.journal).contains("stop sink second", "stop notifier n");
    plugin.onStart.clear();
    start();
  }

  @Test
  void aDataFolderThatAnotherUsesIsRefused() throws Exception {
    start();
    StartFailure failure = startFails("");
    assertThat(failure.reasons())
        .singleElement()
        .asString()
        .startsWith("the data folder " + temp.resolve("data") + " is in use by process ")
        .contains(Long.toString(ProcessHandle.current().pid()));
    assertThat(get("/live").statusCode()).as("the first goes on").isEqualTo(200);
  }

  @Test
  void aPortThatIsTakenIsAReason() throws Exception {
    start();
    int port = running().httpAddress().getPort();
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
    Configuration first = configuration("");
    Files.writeString(
        file,
        Files.readString(file)
            .replace("port: 0", "port: " + port)
            .replace(temp.resolve("data").toString(), data.toString()));
    assertThat(first.pipelines()).hasSize(1);
    Configuration second =
        new ConfigurationLoader(PluginCatalogue.of(new EnginePlugin(), plugin), name -> null)
            .load(List.of(file))
            .configuration()
            .orElseThrow();
    return Objects.requireNonNull(
        catchThrowableOfType(StartFailure.class, () -> Modelvane.start(second, Clock.systemUTC())));
  }

  @Test
  void whateverKeepsDeadLettersGetsTheirReasonsFitToBeShown() throws Exception {
    plugin.sinkAnswer =
        batch -> new Outcome.Rejected(List.of(new RowRejection(0, "no\nhunter2hunter2\u001b[2J")));
    running = Modelvane.start(configuration("dead_letters: { type: fake }\n"), Clock.systemUTC());
    bring("p", TestEvents.batch(A, 0, CALL.formatted("1")));
    eventually(() -> assertThat(plugin.letters).hasSize(1));
    assertThat(plugin.letters.get(0).reason()).isEqualTo("no **** [2J");
  }

  @Test
  void noSecretReachesHealthOrDeadLetters() throws Exception {
    plugin.sinkAnswer =
        batch -> new Outcome.Rejected(List.of(new RowRejection(0, "no: hunter2hunter2")));
    start();
    bring("p", TestEvents.batch(A, 0, CALL.formatted("1,\"hunter2hunter2\":3")));
    eventually(() -> assertThat(plugin.acknowledged).containsKey("p"));
    assertThat(letters()).contains("no: ****").contains("\"line\":").doesNotContain("hunter2");
    plugin.sinkAnswer = batch -> new Outcome.Misconfigured("refused hunter2hunter2");
    bring("p", TestEvents.batch(A, 1, CALL.formatted("1")));
    eventually(
        () ->
            assertThat(running().health().get("pipeline p -> first").reason())
                .endsWith("refused ****"));
    assertThat(get("/ready").body()).doesNotContain("hunter2");
  }
}
