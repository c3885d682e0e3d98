package io.modelvane.engine.observe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.modelvane.engine.words.Defect;
import io.modelvane.engine.words.Words;
import io.modelvane.spi.ApiHandler;
import io.modelvane.spi.ApiRequest;
import io.modelvane.spi.ApiResponse;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;

/**
 * The API at {@code /api/v1/}: hands requests to the components that serve them, within limits of
 * size, time and number, and makes what goes wrong into problem documents (RFC 9457).
 */
public final class ApiServer implements HttpHandler, AutoCloseable {
  static final int MOST_AT_ONCE = 8;
  private static final System.Logger LOGGER = System.getLogger(ApiServer.class.getName());
  private static final Map<Integer, String> TITLES =
      Map.ofEntries(
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(409, "Conflict"),
          Map.entry(413, "Content Too Large"),
          Map.entry(415, "Unsupported Media Type"),
          Map.entry(422, "Unprocessable Content"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(503, "Service Unavailable"));

  private final ApiRoutes routes;
  private final ApiAccess access;
  private final UnaryOperator<String> redact;
  private final long limitMillis;
  private final Semaphore free = new Semaphore(MOST_AT_ONCE);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "http-timer");
            thread.setDaemon(true);
            return thread;
          });

  /** The API of {@code routes}; {@code redact} masks secrets in whatever is answered. */
  public ApiServer(ApiRoutes routes, ApiAccess access, UnaryOperator<String> redact) {
    this(routes, access, redact, ApiHandler.SECONDS * 1000L);
  }

  ApiServer(ApiRoutes routes, ApiAccess access, UnaryOperator<String> redact, long limitMillis) {
    this.routes = routes;
    this.access = access;
    this.redact = redact;
    this.limitMillis = limitMillis;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      ApiCall call = new ApiCall(exchange);
      ApiResponse response;
      try {
        response = answer(call);
      } catch (ApiCall.Refused refused) {
        response = refused.answer();
      }
      send(exchange, response, call.isHead());
    }
  }

  private ApiResponse answer(ApiCall call) throws ApiCall.Refused, IOException {
    ApiHandler handler = call.admit(access, routes);
    if (!free.tryAcquire()) {
      return ApiResponse.problem(503, "too many requests at once; try again")
          .with("Retry-After", "1");
    }
    RequestThreads.hold();
    try (Deadline deadline = new Deadline(timer, limitMillis)) {
      return ask(handler, call.request(), deadline);
    } finally {
      RequestThreads.release();
      free.release();
    }
  }

  private ApiResponse ask(ApiHandler handler, ApiRequest request, Deadline deadline) {
    try {
      return handler.handle(request);
    } catch (InterruptedException interrupted) {
      if (!deadline.isExpired()) {
        Thread.currentThread().interrupt();
      }
      return ApiResponse.problem(503, "it took longer than " + limitMillis + " ms");
    } catch (ComponentException failed) {
      boolean passes =
          failed.kind() == Outcome.Kind.RETRYABLE || failed.kind() == Outcome.Kind.THROTTLED;
      return ApiResponse.problem(passes ? 503 : 500, String.valueOf(failed.getMessage()));
    } catch (Throwable defect) {
      Defect.passFatal(defect);
      LOGGER.log(
          System.Logger.Level.ERROR,
          "{0} of the API fails: {1}",
          request.method(),
          Words.line(redact.apply(defect.toString())));
      return ApiResponse.problem(500, "it failed; the log says how");
    }
  }

  private void send(HttpExchange exchange, ApiResponse response, boolean head) throws IOException {
    boolean problem = response.status() >= 400;
    String body = problem ? problem(response) : redact.apply(response.body());
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    var headers = exchange.getResponseHeaders();
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    if (bytes.length > 0) {
      headers.set("Content-Type", problem ? "application/problem+json" : "application/json");
    }
    response.headers().forEach(headers::set);
    boolean silent = head || bytes.length == 0;
    exchange.sendResponseHeaders(response.status(), silent ? -1 : bytes.length);
    if (!silent) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private String problem(ApiResponse response) {
    int status = response.status();
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "about:blank")
        .put("title", TITLES.getOrDefault(status, "Error"))
        .put("status", status)
        .put("detail", Words.line(redact.apply(response.body())))
        .toString();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
