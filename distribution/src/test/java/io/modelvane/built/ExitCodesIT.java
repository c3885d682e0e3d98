package io.modelvane.built;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a script that starts the launcher sees when it ends. */
class ExitCodesIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;
  private Path plugins;

  @BeforeEach
  void addASourceThatNeedsNoServer() throws IOException {
    plugins = Built.copyPlugins(folder.resolve("plugins"));
    SmallPlugin.folderWithOne(plugins);
  }

  private Launched run(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("modelvane.yaml"), yaml);
    return Launched.start(
        folder, List.of("run", "--plugins", plugins.toString(), "-c", file.toString()));
  }

  private static String steady(String source, String sink) {
    return """
        http: { port: 0 }
        sources: { calls: { type: steady%s } }
        sinks: { store: { %s } }
        pipelines: { metrics: { source: calls, decode: algorithmia-insights, sinks: [store] } }
        """
        .formatted(source, sink);
  }

  @Test
  void wrongUsageIs64() throws Exception {
    try (Launched launched = Launched.start(folder, List.of("vaildate"))) {
      assertThat(launched.exitCode(LIMIT)).isEqualTo(64);
      assertThat(launched.err()).contains("vaildate", "validate");
    }
  }

  @Test
  void helpIs0() throws Exception {
    try (Launched launched = Launched.start(folder, List.of("run", "--help"))) {
      assertThat(launched.exitCode(LIMIT)).isZero();
      assertThat(launched.err()).isEmpty();
    }
  }

  @Test
  void aWrongConfigurationIs78AndNothingIsStarted() throws Exception {
    try (Launched launched = run(steady("", "type: memori"))) {
      assertThat(launched.exitCode(LIMIT)).isEqualTo(78);
      assertThat(launched.err()).contains("modelvane.yaml:3:", "memory");
      assertThat(folder.resolve("data")).doesNotExist();
    }
  }

  @Test
  void aTokenThatTheServerDoesNotKnowIs78AndIsNotShown() throws Exception {
    HttpServer server = refusing(new AtomicInteger(401));
    String sink =
        "type: influxdb, url: 'http://127.0.0.1:%d', org: acme, bucket: b, token: sesame-0815"
            .formatted(server.getAddress().getPort());
    try (Launched launched = run(steady("", sink))) {
      assertThat(launched.exitCode(LIMIT)).isEqualTo(78);
      assertThat(launched.err())
          .contains("modelvane.yaml:3:", "sink 'store'", "answers 401", "check the credentials")
          .doesNotContain("sesame-0815");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aStoreThatIsNotThereYetIsWaitedFor() throws Exception {
    AtomicInteger status = new AtomicInteger(503);
    HttpServer server = refusing(status);
    String sink =
        "type: influxdb, url: 'http://127.0.0.1:%d', org: acme, bucket: b, token: sesame-0815"
            .formatted(server.getAddress().getPort());
    try (Launched launched = run(steady("", sink))) {
      launched.awaitRunning();
      assertThat(launched.get("/ready").statusCode()).isEqualTo(503);
      assertThat(launched.ready().path("parts").path("sink store").path("reason").asText())
          .contains("waiting to start", "503");
      status.set(204); // takes the write of nothing that a start begins with
      await().atMost(LIMIT).until(() -> launched.get("/ready").statusCode() == 200);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aStateThatANewerVersionHasWrittenIs78AndStaysAsItIs() throws Exception {
    String sink =
        "type: alerting, checks: { c: { type: threshold, field: f, levels: { crit: '> 1' } } }";
    try (Launched launched = run(steady("", sink))) {
      launched.awaitRunning();
      launched.signal("TERM");
      launched.exitCode(LIMIT);
    }
    Path state = folder.resolve("data/state.db");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + state);
        var statement = connection.createStatement()) {
      int changed = statement.executeUpdate("UPDATE modelvane_migrations SET steps = steps + 1");
      assertThat(changed).isPositive();
    }
    byte[] before = Files.readAllBytes(state);

    try (Launched launched = run(steady("", sink))) {
      assertThat(launched.exitCode(LIMIT)).isEqualTo(78);
      assertThat(launched.err())
          .contains("sink 'store'", "state.db was written by a newer version", "use that version");
    }
    assertThat(Files.readAllBytes(state)).isEqualTo(before);
  }

  @Test
  void aPortInUseIs78AndNamesTheOption() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Launched launched =
            run(steady("", "type: memory").replace("port: 0", "port: " + taken.getLocalPort()))) {
      assertThat(launched.exitCode(LIMIT)).isEqualTo(78);
      assertThat(launched.err()).contains("cannot be listened on", "'port' under 'http:'");
    }
  }

  @Test
  void pipelinesThatHaveAllGivenUpAreOurFault() throws Exception {
    try (Launched launched = run(steady(", fatal: true", "type: memory"))) {
      assertThat(launched.exitCode(LIMIT)).isEqualTo(70);
      assertThat(launched.err()).contains("the well is dry", "every pipeline has given up");
    }
  }

  @Test
  void theSignalsOfATerminalAndOfAServiceEndIt() throws Exception {
    assumeTrue(interruptsReachUs(), "this process was started so that interrupts are ignored");
    try (Launched launched = run(steady("", "type: memory"))) {
      launched.awaitRunning();
      launched.signal("INT");
      assertThat(launched.exitCode(LIMIT)).isEqualTo(130);
    }
    try (Launched launched = run(steady("", "type: memory"))) {
      launched.awaitRunning();
      launched.signal("TERM");
      assertThat(launched.exitCode(LIMIT)).isEqualTo(143);
    }
  }

  /** A shell starts background jobs with interrupts ignored, and children inherit that. */
  private static boolean interruptsReachUs() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return true;
    }
    String ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow()
            .substring(7)
            .strip();
    return (Long.parseUnsignedLong(ignored, 16) & 2) == 0;
  }

  private static HttpServer refusing(AtomicInteger status) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = "{\"code\":\"x\",\"message\":\"no\"}".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(status.get(), body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
    return server;
  }
}
