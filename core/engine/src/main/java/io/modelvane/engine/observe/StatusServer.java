package io.modelvane.engine.observe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * {@code /live}: the process works; {@code /ready}: every component does, with reasons; {@code
 * /metrics}: Prometheus text. Answers from memory and never waits for a component, nor for others
 * who ask. What components serve is beside them at {@code /api/v1/}.
 */
public final class StatusServer implements AutoCloseable {
  static {
    // The JDK's server waits for ever for a client that sends or reads slowly, unless told not to.
    limit("sun.net.httpserver.maxReqTime", "15");
    limit("sun.net.httpserver.maxRspTime", "60");
  }

  private final HttpServer server;
  private final RequestThreads threads;
  private final ApiServer api;

  /** What the server shows. */
  public record Sources(
      HealthBoard health,
      PrometheusMeterRegistry metrics,
      UnaryOperator<String> redact,
      BooleanSupplier started) {}

  private StatusServer(HttpServer server, RequestThreads threads, ApiServer api) {
    this.server = server;
    this.threads = threads;
    this.api = api;
  }

  private static void limit(String property, String seconds) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, seconds);
    }
  }

  /**
   * Listens.
   *
   * @param api closed with the server
   * @throws IOException when the address cannot be bound
   */
  public static StatusServer start(InetSocketAddress address, Sources sources, ApiServer api)
      throws IOException {
    HttpServer server = HttpServer.create(address, 64);
    RequestThreads threads = new RequestThreads();
    server.setExecutor(threads);
    server.createContext("/live", exchange -> answer(exchange, 200, "text/plain", "alive\n"));
    server.createContext("/ready", exchange -> ready(exchange, sources));
    server.createContext(
        "/metrics",
        exchange ->
            answer(
                exchange,
                200,
                "text/plain; version=0.0.4; charset=utf-8",
                sources.metrics().scrape()));
    server.createContext("/api", api);
    server.createContext(
        "/",
        exchange ->
            answer(exchange, 404, "text/plain", "try /live, /ready, /metrics or /api/v1/\n"));
    server.start();
    return new StatusServer(server, threads, api);
  }

  private static void ready(HttpExchange exchange, Sources sources) throws IOException {
    boolean ready = sources.started().getAsBoolean() && sources.health().isReady();
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("ready", ready);
    ObjectNode parts = body.putObject("parts");
    sources
        .health()
        .snapshot()
        .forEach(
            (part, health) ->
                parts
                    .putObject(part)
                    .put("state", health.state().name().toLowerCase(java.util.Locale.ROOT))
                    .put("reason", sources.redact().apply(health.reason())));
    answer(exchange, ready ? 200 : 503, "application/json", body.toPrettyString() + "\n");
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    try (exchange) {
      boolean known = exchange.getRequestMethod().matches("GET|HEAD");
      byte[] bytes = (known ? body : "only GET\n").getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      if (!known) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      }
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(known ? status : 405, head ? -1 : bytes.length);
      if (!head) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
    api.close();
  }
}
