package io.modelvane.notifier.slack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Tag;
import io.modelvane.toolkit.MessageValues;
import io.modelvane.toolkit.Templates;
import java.util.Map;

/**
 * The words and blocks of a message. Limits: a section 3,000 characters, 10 fields of 2,000
 * (https://docs.slack.dev/reference/block-kit/blocks/section-block/); the text, which phones show,
 * stays below the 4,000 that Slack advises.
 */
final class SlackMessage {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_TEXT = 3_000;
  private static final int MOST_SECTION = 2_900;
  private static final int MOST_FIELD = 400;
  private static final int MOST_FIELDS = 10;

  private final Templates.Template title;
  private final Templates.Template text;

  SlackMessage(SlackOptions options) {
    Templates templates = new Templates(SlackMessage::escape);
    this.title = templates.compile(options.title());
    this.text = templates.compile(options.text());
  }

  /** The three characters Slack reads as markup, so that no data can mention or link. */
  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  ObjectNode of(Notification notification) {
    Map<String, Object> values = MessageValues.of(notification);
    String head = title.render(values);
    String body = text.render(values);
    ObjectNode message = JSON.createObjectNode();
    message.put("text", MessageValues.cut(head, MOST_TEXT));
    ObjectNode attachment = message.putArray("attachments").addObject();
    attachment.put("color", color(notification));
    attachment.put("fallback", MessageValues.cut(head, MOST_TEXT));
    ArrayNode blocks = attachment.putArray("blocks");
    section(blocks).put("text", MessageValues.cut(body, MOST_SECTION));
    tags(blocks, notification);
    return message;
  }

  private static ObjectNode section(ArrayNode blocks) {
    return blocks.addObject().put("type", "section").putObject("text").put("type", "mrkdwn");
  }

  private static void tags(ArrayNode blocks, Notification notification) {
    if (notification.incident().series().tags().isEmpty()) {
      return;
    }
    ArrayNode fields = blocks.addObject().put("type", "section").putArray("fields");
    for (Tag tag : notification.incident().series().tags()) {
      if (fields.size() < MOST_FIELDS) {
        String words = "*" + escape(tag.key()) + "*\n" + escape(tag.value());
        fields.addObject().put("type", "mrkdwn").put("text", MessageValues.cut(words, MOST_FIELD));
      }
    }
  }

  private static String color(Notification notification) {
    if (notification.step() == IncidentStep.RESOLVED) {
      return "good";
    }
    return switch (notification.incident().level()) {
      case CRIT -> "danger";
      case WARN, UNKNOWN -> "warning";
      case INFO -> "#439fe0";
      case OK -> "good";
    };
  }
}
