package io.modelvane.bench.endtoend;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** A webhook that records how long ago the breach was that it is told of. */
final class BreachReceiver implements AutoCloseable {
  /** Models from here on have only calls that breach. */
  static final int FIRST_MODEL = 1_000_000;

  private static final Pattern MODEL = Pattern.compile("credit_card_\\d+");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final Map<String, Instant> expected = new ConcurrentHashMap<>();
  private final Recorder recorder = new Recorder(3);

  BreachReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            Instant now = Instant.now();
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            told(new String(body, StandardCharsets.UTF_8), now);
          }
        });
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** A breach of this model is sent now. */
  void expect(String model, Instant sent) {
    expected.put(model, sent);
  }

  private void told(String body, Instant now) {
    Matcher model = MODEL.matcher(body);
    Instant sent = model.find() ? expected.get(model.group()) : null;
    if (sent == null) {
      throw new IllegalStateException("told twice, or of nothing: " + body);
    }
    recorder.recordValue(Math.max(0, Duration.between(sent, now).toNanos()) / 1_000);
    expected.remove(model.group()); // last: who waits looks at this
  }

  /** Waits until it has been told of everything that was sent. */
  void await() throws InterruptedException {
    long limit = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!expected.isEmpty()) {
      if (System.nanoTime() > limit) {
        throw new IllegalStateException(expected.size() + " breaches were not told");
      }
      Thread.sleep(5);
    }
  }

  /** The delays since this was asked last, in microseconds. */
  Histogram take() {
    return recorder.getIntervalHistogram();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
