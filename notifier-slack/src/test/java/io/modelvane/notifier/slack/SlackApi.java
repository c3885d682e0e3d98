package io.modelvane.notifier.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.testkit.ScriptedServer;
import io.modelvane.testkit.ScriptedServer.Answer;
import io.modelvane.testkit.ScriptedServer.Request;
import java.util.Optional;
import java.util.regex.Pattern;

/** Slack as far as a notifier meets it: limits and mistakes are told as Slack tells them. */
final class SlackApi implements ScriptedServer.Script {
  static final String PATH = "/services/T0000/B0000/aVerySecretPath";
  static final String TOKEN = "xoxb-a-very-secret-token";
  private static final ObjectMapper JSON = new ObjectMapper();
  // Real markup of Slack begins with these; data must not bring them in.
  private static final Pattern MARKUP = Pattern.compile("<[!@#]");
  private static final int MOST_OF_ALL_BLOCKS = 9_597;
  private int posted;

  @Override
  public synchronized Answer answer(Request request) {
    String path = request.target().getPath();
    if (path.equals(PATH)) {
      return byWebhook(request);
    } else if (!path.startsWith("/api/")) {
      return Answer.of(404, "no_service");
    }
    return asBot(path.substring("/api/".length()), request);
  }

  private static Answer byWebhook(Request request) {
    Optional<String> wrong = wrong(request);
    return wrong.isPresent() ? Answer.of(400, wrong.get()) : Answer.of(200, "ok");
  }

  private Answer asBot(String method, Request request) {
    if (!request.header("Authorization").equals("Bearer " + TOKEN)) {
      return refusal("invalid_auth");
    }
    Optional<String> wrong = wrong(request);
    JsonNode message = parse(request.body());
    if (wrong.isPresent()) {
      return refusal(wrong.get());
    } else if (message.path("channel").asText().isEmpty()) {
      return refusal("channel_not_found");
    }
    if (method.equals("chat.update") && !message.path("channel").asText().startsWith("C0")) {
      return refusal("channel_not_found"); // takes ids only
    }
    ObjectNode answer = JSON.createObjectNode().put("ok", true).put("channel", "C0ALERTS");
    answer.put("ts", method.equals("chat.update") ? message.path("ts").asText() : nextTs());
    // Slack repeats the message, blocks and all: answers are long.
    answer.set("message", message);
    return Answer.of(200, answer.toString());
  }

  private String nextTs() {
    return "1700000000.%06d".formatted(++posted);
  }

  static Answer refusal(String error) {
    return Answer.of(200, JSON.createObjectNode().put("ok", false).put("error", error).toString());
  }

  private static Optional<String> wrong(Request request) {
    JsonNode message = parse(request.body());
    if (!message.isObject() || !request.header("Content-Type").startsWith("application/json")) {
      return Optional.of("invalid_payload");
    }
    String text = message.path("text").asText();
    JsonNode blocks = message.path("attachments").path(0).path("blocks");
    if (text.isBlank()) {
      return Optional.of("no_text");
    } else if (text.length() > 4_000) {
      return Optional.of("msg_too_long");
    } else if (message.path("attachments").path(0).path("fallback").asText().isBlank()) {
      return Optional.of("no_fallback");
    } else if (MARKUP.matcher(message.toString()).find()) {
      return Optional.of("data_became_markup");
    }
    return wrongBlocks(blocks);
  }

  private static Optional<String> wrongBlocks(JsonNode blocks) {
    int all = 0;
    for (JsonNode block : blocks) {
      JsonNode fields = block.path("fields");
      boolean fits = fields.size() <= 10 && isText(block.path("text"), 3_000, fields.isEmpty());
      for (JsonNode field : fields) {
        fits &= isText(field, 2_000, true);
        all += field.path("text").asText().length();
      }
      all += block.path("text").path("text").asText().length();
      if (!fits) {
        return Optional.of("invalid_blocks");
      }
    }
    boolean tooMany = blocks.size() > 50 || blocks.isEmpty() || all > MOST_OF_ALL_BLOCKS;
    return tooMany ? Optional.of("msg_blocks_too_long") : Optional.empty();
  }

  private static boolean isText(JsonNode text, int most, boolean required) {
    int length = text.path("text").asText().length();
    return text.isMissingNode()
        ? !required
        : length > 0 && length <= most && text.path("type").asText().equals("mrkdwn");
  }

  static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException invalid) {
      return JSON.missingNode();
    }
  }
}
