package io.modelvane.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the notification services answer. */
record ServiceAnswer(int status, String contentType, String body) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> ACTIONS = Set.of("trigger", "acknowledge", "resolve");
  private static final Set<String> SEVERITIES = Set.of("critical", "error", "warning", "info");
  // https://developer.pagerduty.com/docs/events-api-v2/trigger-events/: an integration key has 32
  // characters
  private static final int ROUTING_KEY_LENGTH = 32;

  /** https://api.slack.com/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks */
  static ServiceAnswer slack(String body) {
    JsonNode message = parse(body);
    if (!message.isObject()) {
      return new ServiceAnswer(400, "text/html", "invalid_payload");
    }
    boolean empty =
        message.path("text").asText().isEmpty()
            && message.path("blocks").isEmpty()
            && message.path("attachments").isEmpty();
    return empty
        ? new ServiceAnswer(400, "text/html", "no_text")
        : new ServiceAnswer(200, "text/html", "ok");
  }

  /**
   * The Events API v2: required fields as in PagerDuty's api-schema,
   * reference/events-v2/openapiv3.json.
   */
  static ServiceAnswer pagerDuty(String body) {
    JsonNode event = parse(body);
    List<String> errors = errors(event);
    ObjectNode answer = JSON.createObjectNode();
    if (!errors.isEmpty()) {
      answer.put("status", "invalid event").put("message", "Event object is invalid");
      errors.forEach(answer.putArray("errors")::add);
      return new ServiceAnswer(400, "application/json", answer.toString());
    }
    answer.put("status", "success").put("message", "Event processed");
    answer.put("dedup_key", event.path("dedup_key").asText("made-up-by-the-service"));
    return new ServiceAnswer(202, "application/json", answer.toString());
  }

  private static List<String> errors(JsonNode event) {
    List<String> errors = new ArrayList<>();
    require(event, "", "routing_key", errors);
    int length = event.path("routing_key").asText().length();
    if (length > 0 && length != ROUTING_KEY_LENGTH) {
      errors.add("Length of 'routing_key' is incorrect (should be 32 characters)");
    }
    require(event, "", "event_action", errors);
    String action = event.path("event_action").asText();
    if (!action.isEmpty() && !ACTIONS.contains(action)) {
      errors.add("'event_action' is invalid (must be one of: trigger, acknowledge, resolve)");
    }
    if (action.equals("trigger")) {
      checkPayload(event.path("payload"), errors);
    } else if (ACTIONS.contains(action)) {
      require(event, "", "dedup_key", errors);
    }
    return errors;
  }

  private static void checkPayload(JsonNode payload, List<String> errors) {
    for (String field : List.of("summary", "source", "severity")) {
      require(payload, "payload.", field, errors);
    }
    String severity = payload.path("severity").asText();
    if (!severity.isEmpty() && !SEVERITIES.contains(severity)) {
      errors.add("'payload.severity' is invalid (must be one of: critical, warning, error, info)");
    }
  }

  private static void require(JsonNode node, String prefix, String field, List<String> errors) {
    if (node.path(field).asText().isBlank()) {
      errors.add("'" + prefix + field + "' is missing or blank");
    }
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException notJson) {
      return JSON.missingNode();
    }
  }
}
