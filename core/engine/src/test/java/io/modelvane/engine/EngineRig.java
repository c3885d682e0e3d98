package io.modelvane.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.modelvane.engine.config.Configuration;
import io.modelvane.engine.config.ConfigurationLoader;
import io.modelvane.engine.config.Loaded;
import io.modelvane.engine.plugin.PluginCatalogue;
import io.modelvane.spi.EventBatch;
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
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/** The whole engine with components that do nothing, as {@link FakePlugin} makes them. */
final class EngineRig implements AutoCloseable {
  static final Split A = new Split("calls", 0);
  static final String CALL = "{\"time\":\"2026-01-01T00:00:00.123456789\",\"x\":%s}";

  final FakePlugin plugin = new FakePlugin();
  private final Path temp;
  private @Nullable Modelvane running;

  EngineRig(Path temp) {
    this.temp = temp;
  }

  @Override
  public void close() {
    if (running != null) {
      running.stop();
    }
  }

  /** The usual configuration, with more lines at its end: below its pipelines, or at the top. */
  @SuppressWarnings("NullAway") // it does not see that the lookup may answer null
  Configuration configuration(String more) throws IOException {
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

  Modelvane start() throws Exception {
    return start("");
  }

  Modelvane start(String more) throws Exception {
    running = Modelvane.start(configuration(more), Clock.systemUTC());
    return running;
  }

  Modelvane running() {
    return Objects.requireNonNull(running);
  }

  StartFailure startFails(String more) throws IOException {
    Configuration configuration = configuration(more);
    return Objects.requireNonNull(
        catchThrowableOfType(
            StartFailure.class, () -> Modelvane.start(configuration, Clock.systemUTC())));
  }

  static void eventually(ThrowingRunnable assertion) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(assertion);
  }

  void bring(String pipeline, EventBatch events) {
    BlockingQueue<EventBatch> queue = Objects.requireNonNull(plugin.events.get(pipeline));
    queue.add(events);
  }

  HttpResponse<String> get(String path) throws Exception {
    int port = running().httpAddress().getPort();
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  String letters() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(temp.resolve("data/dead-letters"))) {
      for (Path file : files.toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }
}
