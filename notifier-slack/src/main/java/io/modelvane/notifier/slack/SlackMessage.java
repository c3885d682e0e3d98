package io.modelvane.notifier.slack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Notification;
import io.modelvane.toolkit.MessageValues;
import io.modelvane.toolkit.Templates;
import java.util.Map;

/**
 * The words and blocks of a message. Limits: a section 3,000 characters, 10 fields of 2,000
 * (https://docs.slack.dev/reference/block-kit/blocks/section-block/), and all blocks together about
 * 10,000 (https://github.com/slackapi/bolt-js/issues/2867); the text, which phones show, stays
 * below the 4,000 that Slack advises
 * (https://api.slack.com/changelog/2018-04-truncating-really-long-messages).
 */
final class SlackMessage {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_TEXT = 3_000;
  private static final int MOST_SECTION = 2_900;
  private static final int MOST_FIELD = 300;
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
    String head = cut(MessageValues.orHeadline(title.render(values), values), MOST_TEXT);
    String body = MessageValues.orHeadline(text.render(values), values);
    ObjectNode message = JSON.createObjectNode();
    message.put("text", head);
    message.put("link_names", false).put("unfurl_links", false).put("unfurl_media", false);
    ObjectNode attachment = message.putArray("attachments").addObject();
    attachment.put("color", color(notification));
    attachment.put("fallback", head);
    ArrayNode blocks = attachment.putArray("blocks");
    section(blocks).put("text", cut(body, MOST_SECTION));
    tags(blocks, values);
    return message;
  }

  private static ObjectNode section(ArrayNode blocks) {
    return blocks.addObject().put("type", "section").putObject("text").put("type", "mrkdwn");
  }

  private static void tags(ArrayNode blocks, Map<String, Object> values) {
    if (!(values.get("tags") instanceof Map<?, ?> tags) || tags.isEmpty()) {
      return;
    }
    ArrayNode fields = blocks.addObject().put("type", "section").putArray("fields");
    tags.entrySet().stream()
        .limit(MOST_FIELDS)
        .map(tag -> "*" + escape(tag.getKey() + "*\n" + tag.getValue()))
        .forEach(
            words -> fields.addObject().put("type", "mrkdwn").put("text", cut(words, MOST_FIELD)));
  }

  /** Cuts without leaving half of an escaped character. */
  private static String cut(String escaped, int most) {
    return MessageValues.cut(escaped, most).replaceFirst("&[a-z]{0,3}\u2026$", "\u2026");
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
