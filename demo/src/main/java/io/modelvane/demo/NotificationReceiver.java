package io.modelvane.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Plays the services that people are notified through, on one port of 127.0.0.1, and keeps every
 * request.
 *
 * <ul>
 *   <li>{@code /slack/...} an incoming webhook: 200 and {@code ok}, or 400 as Slack answers a bad
 *       payload
 *   <li>{@code /pagerduty/v2/enqueue} the Events API v2: 202, or 400 naming what is missing
 *   <li>{@code /hook/...} any webhook: 200
 *   <li>anything else: 404
 * </ul>
 */
public final class NotificationReceiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads;
  private final Clock clock;
  private final List<Received> requests = new CopyOnWriteArrayList<>();
  private final List<Consumer<Received>> listeners = new CopyOnWriteArrayList<>();

  private NotificationReceiver(HttpServer server, Clock clock) {
    this.server = server;
    this.clock = clock;
    this.threads =
        Executors.newFixedThreadPool(
            4,
            task -> {
              Thread thread = new Thread(task, "notification-receiver");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Starts it on a free port. */
  public static NotificationReceiver start() {
    return start(Clock.systemUTC());
  }

  /** Starts it on a free port with the clock that stamps arrivals. */
  public static NotificationReceiver start(Clock clock) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
      NotificationReceiver receiver = new NotificationReceiver(server, clock);
      server.createContext("/", receiver::handle);
      server.setExecutor(receiver.threads);
      server.start();
      return receiver;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot start the receiver of notifications", failure);
    }
  }

  /** {@code http://127.0.0.1:port}. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** A Slack incoming webhook. */
  public String slackUrl() {
    return url() + "/slack/services/T000/B000/demo";
  }

  /** The host of the PagerDuty Events API: {@code /v2/enqueue} comes after it. */
  public String pagerDutyUrl() {
    return url() + "/pagerduty";
  }

  /** A webhook. */
  public String hookUrl() {
    return url() + "/hook/demo";
  }

  /** Every request so far, in the order of arrival. */
  public List<Received> requests() {
    return List.copyOf(requests);
  }

  /** The requests whose path starts so, for example {@code "/slack/"}. */
  public List<Received> requests(String pathPrefix) {
    return requests.stream().filter(request -> request.path().startsWith(pathPrefix)).toList();
  }

  /** Calls back for every request from now on, on the thread that answers it. */
  public void onRequest(Consumer<Received> listener) {
    listeners.add(listener);
  }

  /** Stops it; the requests stay to be looked at. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().getPath();
      ServiceAnswer answer = answer(exchange.getRequestMethod(), path, body);
      Received received =
          new Received(path, headers(exchange), body, clock.instant(), answer.status());
      requests.add(received);
      listeners.forEach(listener -> listener.accept(received));
      send(exchange, answer);
    }
  }

  private static ServiceAnswer answer(String method, String path, String body) {
    if (!method.equals("POST")) {
      return new ServiceAnswer(405, "text/plain", "method not allowed");
    }
    if (path.startsWith("/slack/")) {
      return ServiceAnswer.slack(body);
    }
    if (path.equals("/pagerduty/v2/enqueue")) {
      return ServiceAnswer.pagerDuty(body);
    }
    return path.startsWith("/hook/")
        ? new ServiceAnswer(200, "text/plain", "received")
        : new ServiceAnswer(404, "text/plain", "not found");
  }

  private static Map<String, List<String>> headers(HttpExchange exchange) {
    Map<String, List<String>> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
    return headers;
  }

  private static void send(HttpExchange exchange, ServiceAnswer answer) throws IOException {
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
