package io.modelvane.built;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerting in a real run shows the metrics that the documentation lists, and no other. */
class AlertingMetricsIT {
  private static final Pattern NAME = Pattern.compile("(?<=`)modelvane_sink_[a-z_]+(?=`)");

  @TempDir Path folder;

  @Test
  void theListsOfMetricsInTheDocumentationAreTrue() throws Exception {
    Path plugins = Built.copyPlugins(folder.resolve("plugins"));
    SmallPlugin.folderWithOne(plugins);
    AtomicInteger told = new AtomicInteger();
    HttpServer receiver = receiver(told);
    List<String> command =
        List.of("run", "--plugins", plugins.toString(), "-c", configuration(receiver).toString());
    try (Launched launched = Launched.start(folder, command)) {
      launched.awaitRunning();
      await().atMost(Duration.ofSeconds(60)).until(() -> told.get() > 0);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> launched.metric("modelvane_sink_notifications_total") > 0);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> launched.metric("modelvane_sink_heartbeats_total", "\"done\"") > 0);

      Set<String> shown = shown(launched.get("/metrics").body());
      assertThat(listed("docs/operations.md", "<!-- metrics of alerting")).isEqualTo(shown);
      assertThat(listed("alerting/README.md", "## Metrics")).isEqualTo(shown);
    } finally {
      receiver.stop(0);
    }
  }

  private Path configuration(HttpServer receiver) throws Exception {
    return Files.writeString(
        folder.resolve("run.yaml"),
        """
        http: { port: 0 }
        sources:
          calls:
            type: steady
            messages:
              - '{"algorithm_name": "credit", "request_id": "a", "risk_score": 0.91}'
        sinks:
          kept: { type: memory }
          alerting:
            type: alerting
            record_to: kept
            heartbeat: { notify: watchdog, every: 5s }
            checks:
              risky: { type: threshold, field: risk_score, levels: { crit: "> 0.70" } }
              mean: { type: threshold, field: risk_score, window: 5m, levels: { crit: "> 0.70" } }
            rules:
              page: { when: { to: crit }, notify: [hook] }
        notifiers:
          hook: { type: http, url: "http://127.0.0.1:%1$d/" }
          watchdog: { type: http, url: "http://127.0.0.1:%1$d/" }
        pipelines:
          alerts: { source: calls, decode: algorithmia-insights, sinks: [alerting] }
        """
            .formatted(receiver.getAddress().getPort()));
  }

  private static Set<String> shown(String metrics) {
    Set<String> shown = new TreeSet<>();
    for (String line : metrics.lines().toList()) {
      if (line.startsWith("# TYPE modelvane_sink_")) {
        shown.add(line.split(" ", -1)[2]);
      }
    }
    shown.removeIf(name -> name.endsWith("_seconds_max")); // comes with every timer
    return shown;
  }

  /** The names in the first table after some words. */
  private static Set<String> listed(String page, String words) throws Exception {
    String text = Files.readString(Built.root().resolve(page));
    String table = text.substring(text.indexOf("| metric |", text.indexOf(words)));
    int end = table.indexOf("\n\n");
    Matcher name = NAME.matcher(end < 0 ? table : table.substring(0, end));
    Set<String> listed = new TreeSet<>();
    while (name.find()) {
      listed.add(name.group());
    }
    return listed;
  }

  private static HttpServer receiver(AtomicInteger told) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          told.incrementAndGet();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }
}
