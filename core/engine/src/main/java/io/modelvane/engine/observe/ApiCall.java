package io.modelvane.engine.observe;

import com.sun.net.httpserver.HttpExchange;
import io.modelvane.spi.ApiHandler;
import io.modelvane.spi.ApiRequest;
import io.modelvane.spi.ApiResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A request as it arrived, taken apart step by step; each step may refuse it. */
final class ApiCall {
  static final int MOST_BYTES = 1024 * 1024;
  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final Set<String> WRITING = Set.of("POST", "PUT", "PATCH", "DELETE");

  /** The request is wrong; the answer says how. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ApiResponse answer;

    Refused(ApiResponse answer) {
      super(answer.body());
      this.answer = answer;
    }

    Refused(int status, String detail) {
      this(ApiResponse.problem(status, detail));
    }

    ApiResponse answer() {
      return answer;
    }
  }

  private final HttpExchange exchange;
  private final String method;

  ApiCall(HttpExchange exchange) {
    this.exchange = exchange;
    this.method = exchange.getRequestMethod();
  }

  boolean isHead() {
    return method.equals("HEAD");
  }

  /** Finds the handler and makes the request for it, once the caller is known to be allowed. */
  ApiHandler admit(ApiAccess access, ApiRoutes routes) throws Refused {
    if (!READING.contains(method) && !WRITING.contains(method)) {
      throw new Refused(
          ApiResponse.problem(405, "the method is none of this API")
              .with("Allow", "GET, HEAD, POST, DELETE"));
    }
    var refusal = access.refusal(exchange.getRequestHeaders(), WRITING.contains(method));
    if (refusal.isPresent()) {
      throw new Refused(refusal.get());
    }
    String served = segments().isEmpty() ? "" : segments().get(0);
    Map<String, ApiHandler> handlers = routes.at(served);
    if (handlers.isEmpty()) {
      throw new Refused(
          404,
          routes.paths().isEmpty()
              ? "no component serves anything here; the sink 'alerting' does, when it runs"
              : "nothing is served here; there are " + String.join(", ", routes.paths()));
    }
    return choose(handlers);
  }

  private ApiHandler choose(Map<String, ApiHandler> handlers) throws Refused {
    String names = String.join(", ", handlers.keySet());
    String wanted = query().get("component");
    if (wanted == null && handlers.size() > 1) {
      throw new Refused(400, "several components serve this; add ?component=NAME of " + names);
    }
    ApiHandler found = wanted == null ? handlers.values().iterator().next() : handlers.get(wanted);
    if (found == null) {
      throw new Refused(404, "no component of that name serves this; there are " + names);
    }
    return found;
  }

  /** The request for the handler; reads the body. */
  ApiRequest request() throws Refused, IOException {
    Map<String, String> query = query();
    query.remove("component");
    List<String> path = segments();
    return new ApiRequest(
        isHead() ? "GET" : method,
        path.subList(1, path.size()),
        query,
        body(),
        exchange.getRemoteAddress().getAddress().getHostAddress());
  }

  /** What follows {@code /api/v1}. */
  private List<String> segments() throws Refused {
    List<String> segments = new ArrayList<>();
    for (String part : exchange.getRequestURI().getRawPath().split("/", -1)) {
      segments.add(decode(part.replace("+", "%2B"), "path"));
    }
    segments.remove(0);
    if (segments.size() > 1 && segments.get(segments.size() - 1).isEmpty()) {
      segments.remove(segments.size() - 1);
    }
    if (segments.size() < 2 || !segments.subList(0, 2).equals(List.of("api", "v1"))) {
      throw new Refused(404, "the API is at /api/v1/");
    }
    return segments.subList(2, segments.size());
  }

  private Map<String, String> query() throws Refused {
    Map<String, String> query = new LinkedHashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
      int equal = pair.indexOf('=');
      String name = decode(equal < 0 ? pair : pair.substring(0, equal), "query");
      String value = equal < 0 ? "" : decode(pair.substring(equal + 1), "query");
      if (query.put(name, value) != null) {
        throw new Refused(400, "the parameter '" + name + "' is given twice");
      }
    }
    return query;
  }

  private static String decode(String text, String where) throws Refused {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new Refused(400, "the " + where + " is not encoded as a URL should be");
    }
  }

  private String body() throws Refused, IOException {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (length != null && length.strip().length() > 7) {
      throw tooLong();
    }
    byte[] bytes = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw tooLong();
    }
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    boolean json = type != null && type.strip().matches("(?i)application/json(\\s*;.*)?");
    if (bytes.length > 0 && !json) {
      throw new Refused(415, "send JSON, with Content-Type: application/json");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static Refused tooLong() {
    return new Refused(413, "a body may have at most " + MOST_BYTES + " bytes");
  }
}
