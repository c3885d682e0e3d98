package io.modelvane.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.modelvane.spi.ApiRequest;
import io.modelvane.spi.ApiResponse;
import io.modelvane.spi.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An API server with a component that serves {@code things}. */
final class ApiRig implements AutoCloseable {
  static final String TOKEN = "sesame-open-0815-4711";
  private static final ObjectMapper JSON = new ObjectMapper();
  static final HttpClient CLIENT = HttpClient.newHttpClient();

  final ApiRoutes routes = new ApiRoutes();
  final AtomicReference<@Nullable ApiRequest> seen = new AtomicReference<>();
  private @Nullable StatusServer server;

  void start(boolean loopback, @Nullable String token, long limitMillis) throws Exception {
    ApiAccess access = new ApiAccess(loopback, Optional.ofNullable(token).map(Secret::of));
    server =
        StatusServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new StatusServer.Sources(
                new HealthBoard(text -> text),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                text -> text,
                () -> true),
            new ApiServer(
                routes, access, text -> text.replace("hunter2hunter2", "****"), limitMillis));
  }

  void start(boolean loopback, @Nullable String token) throws Exception {
    routes.serve("things", "one", this::things);
    start(loopback, token, 10_000);
  }

  ApiResponse things(ApiRequest request) {
    seen.set(request);
    return request.method().equals("GET")
        ? ApiResponse.json(200, "{\"secret\":\"hunter2hunter2\"}")
        : ApiResponse.json(201, "{}").with("Location", "/api/v1/things/1");
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }

  InetSocketAddress address() {
    return Objects.requireNonNull(server).address();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address().getPort() + path));
  }

  static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  HttpResponse<String> post(String path, String body, @Nullable String token) throws Exception {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    return send(token == null ? request : request.header("Authorization", "Bearer " + token));
  }

  private static JsonNode problem(HttpResponse<String> answer, int status) throws Exception {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = JSON.readTree(answer.body());
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("title").asText()).isNotBlank();
    return problem;
  }

  static String detail(HttpResponse<String> answer, int status) throws Exception {
    return problem(answer, status).path("detail").asText();
  }
}
