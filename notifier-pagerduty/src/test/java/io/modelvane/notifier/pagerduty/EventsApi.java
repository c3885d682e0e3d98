package io.modelvane.notifier.pagerduty;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.testkit.ScriptedServer;
import io.modelvane.testkit.ScriptedServer.Answer;
import io.modelvane.testkit.ScriptedServer.Request;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;

/** The Events API v2: required fields and limits are checked as PagerDuty checks them. */
final class EventsApi implements ScriptedServer.Script {
  static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> SEVERITIES = Set.of("critical", "error", "warning", "info");
  private static final Set<String> ACTIONS = Set.of("trigger", "acknowledge", "resolve");
  private static final int MOST_BYTES = 512_000;

  @Override
  public Answer answer(Request request) {
    String path = request.target().getPath();
    boolean change = path.equals("/v2/change/enqueue");
    if (!change && !path.equals("/v2/enqueue")) {
      return Answer.of(404, "{\"status\":\"not found\"}");
    }
    if (request.body().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      return Answer.of(413, "{\"status\":\"event too large\"}");
    }
    JsonNode event = parse(request.body());
    ArrayNode errors = JSON.createArrayNode();
    checkBoth(event, errors);
    if (change) {
      checkChange(event, errors);
    } else {
      checkAlert(event, errors);
    }
    ObjectNode answer = JSON.createObjectNode();
    if (!errors.isEmpty()) {
      answer.put("status", "invalid event").put("message", "Event object is invalid");
      answer.set("errors", errors);
      return Answer.of(400, answer.toString());
    }
    answer
        .put("status", "success")
        .put("message", change ? "Change event processed" : "Event processed");
    answer.set("dedup_key", event.path("dedup_key"));
    return Answer.of(202, answer.toString());
  }

  private static void checkBoth(JsonNode event, ArrayNode errors) {
    if (event.path("routing_key").asText().length() != 32) {
      errors.add("Length of 'routing_key' is incorrect (should be 32 characters)");
    }
    JsonNode payload = event.path("payload");
    for (String field : List.of("summary", "source")) {
      if (payload.path(field).asText().isBlank()) {
        errors.add("'payload." + field + "' is missing or blank");
      }
    }
    if (payload.path("summary").asText().length() > 1_024) {
      errors.add("'payload.summary' is too long (maximum is 1024 characters)");
    }
    if (!isTime(payload.path("timestamp").asText()) || !payload.path("custom_details").isObject()) {
      errors.add("'payload' is invalid");
    }
    event.path("links").forEach(link -> checkUrl(link.path("href"), "https?", errors));
    event.path("images").forEach(image -> checkUrl(image.path("src"), "https", errors));
  }

  private static void checkUrl(JsonNode url, String scheme, ArrayNode errors) {
    if (!url.asText().matches(scheme + "://[\\w.-]+(:\\d+)?(/[!-~]*)?")) {
      errors.add("'" + url.asText() + "' is not a URL of " + scheme);
    }
  }

  private static void checkAlert(JsonNode event, ArrayNode errors) {
    String dedupKey = event.path("dedup_key").asText();
    if (dedupKey.isEmpty() || dedupKey.length() > 255) {
      errors.add("'dedup_key' is missing or too long");
    }
    if (!SEVERITIES.contains(event.at("/payload/severity").asText())) {
      errors.add("'payload.severity' is invalid (must be one of " + SEVERITIES + ")");
    }
    if (!ACTIONS.contains(event.path("event_action").asText())) {
      errors.add("'event_action' is missing or invalid");
    }
  }

  private static void checkChange(JsonNode event, ArrayNode errors) {
    for (String field : List.of("event_action", "dedup_key", "client")) {
      if (event.has(field)) {
        errors.add("'" + field + "' is no part of a change event");
      }
    }
  }

  private static boolean isTime(String text) {
    try {
      return !Instant.parse(text).equals(Instant.MAX);
    } catch (DateTimeParseException invalid) {
      return false;
    }
  }

  static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException invalid) {
      return JSON.missingNode();
    }
  }
}
