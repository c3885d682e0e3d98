package io.modelvane.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request to the receiver tells a person.
 *
 * @param endpoint who is told
 * @param what {@code CRIT}, {@code WARN}, {@code RESOLVED}, ...
 * @param check the check's name
 * @param model the model's name, or the words for the series if it is none of ours
 */
record Alert(Endpoint endpoint, String what, String check, String model) {
  static final String CRIT = "CRIT";
  static final String RESOLVED = "RESOLVED";

  /** The product's default title, for example {@code CRIT risky-approvals: image_tagger 1.4.0}. */
  private static final Pattern TITLE = Pattern.compile("(\\w+)(?: \\([^)]*\\))? ([^:]+): (.*)");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The services that the receiver plays. */
  enum Endpoint {
    SLACK("/slack/"),
    PAGERDUTY("/pagerduty/"),
    WEBHOOK("/hook/");

    private final String path;

    Endpoint(String path) {
      this.path = path;
    }

    static Optional<Endpoint> of(Received request) {
      return List.of(values()).stream()
          .filter(endpoint -> request.path().startsWith(endpoint.path))
          .findFirst();
    }
  }

  /** Reads a request; empty if it was refused or says nothing that we understand. */
  static Optional<Alert> read(Received request) {
    if (request.status() >= 300) {
      return Optional.empty();
    }
    try {
      JsonNode body = JSON.readTree(request.body());
      return Endpoint.of(request).flatMap(endpoint -> read(endpoint, body));
    } catch (JsonProcessingException notOurs) {
      return Optional.empty();
    }
  }

  private static Optional<Alert> read(Endpoint endpoint, JsonNode body) {
    return switch (endpoint) {
      case SLACK -> fromTitle(endpoint, body.path("text").asText());
      case PAGERDUTY -> fromTitle(endpoint, body.path("payload").path("summary").asText());
      case WEBHOOK -> fromIncident(endpoint, body);
    };
  }

  private static Optional<Alert> fromTitle(Endpoint endpoint, String title) {
    Matcher parts = TITLE.matcher(title.lines().findFirst().orElse(""));
    return parts.matches()
        ? Optional.of(new Alert(endpoint, parts.group(1), parts.group(2), model(parts.group(3))))
        : Optional.empty();
  }

  private static Optional<Alert> fromIncident(Endpoint endpoint, JsonNode body) {
    JsonNode incident = body.path("data").path("incident");
    String check = incident.path("check").asText();
    if (check.isEmpty()) {
      return Optional.empty();
    }
    boolean resolved = body.path("type").asText().endsWith(".resolved");
    String level = incident.path("level").asText().toUpperCase(java.util.Locale.ROOT);
    String model = incident.path("tags").path("algorithm_name").asText();
    return Optional.of(new Alert(endpoint, resolved ? RESOLVED : level, check, model));
  }

  private static String model(String subject) {
    return Model.ALL.stream()
        .map(Model::name)
        .filter(subject::contains)
        .findFirst()
        .orElse(subject);
  }
}
