package io.modelvane.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The product itself, started as a user does, with the launcher of its distribution. It ends with
 * this JVM, however this JVM ends.
 */
final class Product implements AutoCloseable {
  /**
   * Runs a program that knows nothing of us: asks it to stop when our standard input ends, and ends
   * with its code. What the shell starts in the background ignores interrupts, so that Ctrl-C does
   * not stop it before its time.
   */
  private static final String KEEPER =
      """
      exec 3<&0
      "$@" </dev/null 3<&- &
      program=$!
      { read -r end <&3; kill -TERM "$program"; } 2>/dev/null &
      watcher=$!
      exec 3<&-
      wait "$program"
      code=$?
      kill "$watcher" 2>/dev/null
      exit "$code"
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private final ChildProcess process;
  private final Path log;
  private final URI http;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private Product(ChildProcess process, Path log, URI http) {
    this.process = process;
    this.log = log;
    this.http = http;
  }

  /**
   * What it needs.
   *
   * @param home the distribution's folder, with {@code bin/} and {@code plugins/}
   * @param configuration its file
   * @param httpPort the port that the configuration names
   * @param log where its output goes
   */
  record Setting(Path home, Path configuration, int httpPort, Path log) {}

  /** Starts it without waiting. */
  static Product start(Setting setting) {
    List<String> line =
        List.of(
            "/bin/sh",
            "-c",
            KEEPER,
            "modelvane-keeper",
            setting.home().resolve("bin").resolve("modelvane").toString(),
            "run",
            "-c",
            setting.configuration().toString());
    ChildProcess process = ChildProcess.start("product", line, environment(), setting.log());
    URI http = URI.create("http://127.0.0.1:" + setting.httpPort());
    return new Product(process, setting.log(), http);
  }

  /** It shares the machine with a broker and a store and runs for minutes: compile quickly. */
  private static Map<String, String> environment() {
    String own = System.getenv("MODELVANE_OPTS");
    return Map.of("MODELVANE_OPTS", "-XX:TieredStopAtLevel=1" + (own == null ? "" : " " + own));
  }

  /**
   * Waits until it says that it is ready.
   *
   * @throws IllegalStateException with its own last words if it ends instead
   */
  void awaitReady(Duration limit) {
    boolean ready = Waiting.until(limit, () -> !process.isAlive() || isReady());
    if (!process.isAlive()) {
      throw new IllegalStateException("the product ended while it started: " + lastWords());
    }
    if (!ready) {
      throw new IllegalStateException("the product is not ready; see " + readyUrl());
    }
  }

  boolean isRunning() {
    return process.isAlive();
  }

  String readyUrl() {
    return http + "/ready";
  }

  String metricsUrl() {
    return http + "/metrics";
  }

  /** Its metrics now; empty if it does not answer. */
  PrometheusText metrics() {
    try {
      return new PrometheusText(get(metricsUrl()).body());
    } catch (IOException noAnswer) {
      return new PrometheusText("");
    }
  }

  /** Memory of its process; empty where the system does not say. */
  OptionalLong residentKilobytes() {
    return process.descendants().stream()
        .filter(one -> one.info().command().orElse("").endsWith("java"))
        .map(one -> ResidentMemory.kilobytes(one.pid()))
        .filter(OptionalLong::isPresent)
        .findFirst()
        .orElse(OptionalLong.empty());
  }

  /** The end of its log. */
  String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + log, failure);
    }
  }

  /** Asks it to stop, waits until what is in flight is done, and makes sure that it is gone. */
  @Override
  public void close() {
    List<ProcessHandle> all = process.descendants();
    process.stop(PATIENCE);
    all.forEach(ProcessHandle::destroyForcibly);
  }

  private boolean isReady() {
    try {
      return get(readyUrl()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private HttpResponse<String> get(String url) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5)).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking the product", interrupted);
    }
  }
}
