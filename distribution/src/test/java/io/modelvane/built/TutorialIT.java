package io.modelvane.built;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The plugin of {@code docs/writing-a-plugin}, built from its very sources as its POM says: against
 * the SPI in the distribution's {@code lib/} and nothing else, with the POM's manifest.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TutorialIT {
  private static final Path PROJECT = Built.root().resolve("docs/writing-a-plugin");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private Path classes;
  private Path plugins;

  @BeforeAll
  void buildThePluginAndDropItIn() throws Exception {
    classes = folder.resolve("classes");
    plugins = Built.copyPlugins(folder.resolve("plugins"));
    build(plugins, classes);
  }

  /** Builds it from its sources and puts it into a folder of plugins. */
  static void build(Path plugins, Path classes) throws Exception {
    PluginJar.compile(PROJECT.resolve("src/main/java"), classes, List.of(spiInLib()));
    PluginJar.pack(
        plugins.resolve("modelvane-notifier-ntfy-1.0.0.jar"),
        manifest(),
        List.of(classes, PROJECT.resolve("src/main/resources")));
  }

  private static Path spiInLib() throws IOException {
    try (Stream<Path> jars = Files.list(Built.home().resolve("lib"))) {
      return jars.filter(jar -> jar.toString().contains("modelvane-spi-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static Document pom() throws Exception {
    try (InputStream pom = Files.newInputStream(PROJECT.resolve("pom.xml"))) {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom);
    }
  }

  private static Map<String, String> manifest() throws Exception {
    Map<String, String> entries = new LinkedHashMap<>();
    Element section = (Element) pom().getElementsByTagName("manifestEntries").item(0);
    for (Node entry = section.getFirstChild(); entry != null; entry = entry.getNextSibling()) {
      if (entry instanceof Element element) {
        entries.put(element.getTagName(), element.getTextContent());
      }
    }
    return entries;
  }

  @Test
  void itsPomAsksForNothingButTheSpiAtRunTime() throws Exception {
    var dependencies = pom().getElementsByTagName("dependency");
    List<String> shipped = new ArrayList<>();
    for (int i = 0; i < dependencies.getLength(); i++) {
      String text = dependencies.item(i).getTextContent();
      if (!text.contains("provided") && !text.contains("test")) {
        shipped.add(text);
      }
    }
    assertThat(shipped).isEmpty();
  }

  @Test
  void itsOwnTestsPass() throws Exception {
    Path tests = folder.resolve("test-classes");
    List<Path> path = new ArrayList<>(List.of(classes, spiInLib()));
    for (String entry :
        System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1)) {
      path.add(Path.of(entry));
    }
    PluginJar.compile(PROJECT.resolve("src/test/java"), tests, path);
    URL[] urls = {tests.toUri().toURL(), classes.toUri().toURL()};
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
      Thread.currentThread().setContextClassLoader(loader);
      SummaryGeneratingListener summary = new SummaryGeneratingListener();
      LauncherFactory.create()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(
                      org.junit.platform.engine.discovery.DiscoverySelectors.selectClass(
                          loader, "com.example.ntfy.NtfyMessageTest"))
                  .build(),
              summary);
      assertThat(summary.getSummary().getFailures()).isEmpty();
      assertThat(summary.getSummary().getTestsSucceededCount()).isEqualTo(2);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  @Test
  void droppedIntoPluginsItIsListed() throws Exception {
    try (Launched launched =
        Launched.start(folder, List.of("plugins", "--plugins", plugins.toString()))) {
      assertThat(launched.exitCode(LIMIT)).isZero();
      assertThat(launched.out().lines())
          .contains("ntfy 1.0.0  modelvane-notifier-ntfy-1.0.0.jar")
          .anySatisfy(line -> assertThat(line).matches("  notifier +ntfy +Publishes to .*"));
    }
  }

  @Test
  void itsOptionsAreCheckedLikeAllOthers() throws Exception {
    Path wrong =
        Files.writeString(
            folder.resolve("wrong.yaml"),
            """
            notifiers:
              phone: { type: ntfy, topic: "a b", crit_priority: 9, tokn: x }
            """);
    try (Launched launched = validate(wrong)) {
      assertThat(launched.exitCode(LIMIT)).isEqualTo(78);
      assertThat(launched.err())
          .contains("wrong.yaml:2:")
          .contains("notifiers.phone.crit_priority", "notifiers.phone.tokn", "token");
    }
  }

  @Test
  void itReceivesANotificationInARealRun() throws Exception {
    SmallPlugin.folderWithOne(plugins);
    List<String> bodies = new CopyOnWriteArrayList<>();
    HttpServer phone = phone(bodies);
    Path configuration =
        Files.writeString(
            folder.resolve("run.yaml"),
            """
            http: { port: 0 }
            sources:
              calls:
                type: steady
                messages:
                  - '{"algorithm_name": "credit", "request_id": "a", "risk_score": 0.91}'
            sinks:
              alerting:
                type: alerting
                checks:
                  risky: { type: threshold, field: risk_score, levels: { crit: "> 0.70" } }
                rules:
                  page: { when: { to: crit }, notify: [phone] }
            notifiers:
              phone: { type: ntfy, url: "http://127.0.0.1:%d", topic: ml-alerts, token: tk_sesame }
            pipelines:
              alerts: { source: calls, decode: algorithmia-insights, sinks: [alerting] }
            """
                .formatted(phone.getAddress().getPort()));
    try (Launched launched =
        Launched.start(
            folder,
            List.of("run", "--plugins", plugins.toString(), "-c", configuration.toString()))) {
      launched.awaitRunning();
      await().atMost(LIMIT).until(() -> !bodies.isEmpty());
      assertThat(bodies.get(0))
          .startsWith("Bearer tk_sesame {\"topic\":\"ml-alerts\",\"title\":\"CRIT risky\"")
          .contains("\"priority\":5");
      assertThat(launched.err() + launched.out()).doesNotContain("tk_sesame");
    } finally {
      phone.stop(0);
    }
  }

  private static HttpServer phone(List<String> bodies) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          bodies.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private Launched validate(Path file) throws IOException {
    return Launched.start(
        folder, List.of("validate", "--plugins", plugins.toString(), "-c", file.toString()));
  }
}
