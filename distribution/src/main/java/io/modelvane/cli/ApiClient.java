package io.modelvane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Asks a running Modelvane. */
final class ApiClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI root;
  private final Optional<String> token;
  private final Optional<String> component;

  /**
   * A client.
   *
   * @param root {@code http://127.0.0.1:9464}
   * @param token what callers show
   * @param component which sink is meant, when there are several
   */
  ApiClient(URI root, Optional<String> token, Optional<String> component) {
    this.root = root;
    this.token = token;
    this.component = component;
  }

  JsonNode get(String path, Map<String, String> query) throws ApiFailure, InterruptedException {
    return send(request(path, query).GET());
  }

  JsonNode post(String path, JsonNode body) throws ApiFailure, InterruptedException {
    return send(
        request(path, Map.of())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString())));
  }

  JsonNode delete(String path, Map<String, String> query) throws ApiFailure, InterruptedException {
    return send(request(path, query).DELETE());
  }

  private HttpRequest.Builder request(String path, Map<String, String> query) {
    Map<String, String> all = new LinkedHashMap<>(query);
    component.ifPresent(name -> all.put("component", name));
    StringBuilder address = new StringBuilder("/api/v1/").append(path);
    String separator = "?";
    for (Map.Entry<String, String> one : all.entrySet()) {
      address.append(separator).append(one.getKey()).append('=').append(encode(one.getValue()));
      separator = "&";
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(root.resolve(address.toString())).timeout(LIMIT);
    token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
    return request;
  }

  /** A text as a part of a path, or of a query. */
  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private JsonNode send(HttpRequest.Builder request) throws ApiFailure, InterruptedException {
    try {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return read(answer);
    } catch (ConnectException | HttpConnectTimeoutException absent) {
      throw ApiFailure.absent(root.toString());
    } catch (HttpTimeoutException slow) {
      throw new ApiFailure(
          ExitCode.LATER, "%s has not answered within %d s".formatted(root, LIMIT.toSeconds()));
    } catch (IOException broken) {
      throw new ApiFailure(
          ExitCode.LATER, "the connection to %s broke: %s".formatted(root, broken.getMessage()));
    }
  }

  private JsonNode read(HttpResponse<String> answer) throws ApiFailure {
    JsonNode body;
    try {
      body = JSON.readTree(answer.body());
    } catch (IOException unreadable) {
      body = null;
    }
    if (body == null || !body.isObject()) {
      throw new ApiFailure(
          ExitCode.CONFIGURATION,
          "what answers at %s is no Modelvane of this version (HTTP %d)"
              .formatted(root, answer.statusCode()));
    }
    if (answer.statusCode() >= 400) {
      throw ApiFailure.of(answer.statusCode(), body.path("detail").asText("HTTP error"));
    }
    return body;
  }
}
