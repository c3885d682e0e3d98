package io.modelvane.notifier.slack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Notification;
import io.modelvane.toolkit.Fields;
import io.modelvane.toolkit.MessageValues;
import io.modelvane.toolkit.Templates;
import java.util.List;
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
  private static final int FIELDS_OF_A_SECTION = 10;

  /** With these and the text, all blocks together stay below 9,000 characters. */
  static final int MOST_FIELDS = 20;

  private final Templates.Template title;
  private final Templates.Template text;
  private final Fields fields;
  private final int shown;

  SlackMessage(SlackOptions options) {
    Templates templates = new Templates(SlackMessage::escape);
    this.title = templates.compile(options.title());
    this.text = templates.compile(options.text());
    this.fields = new Fields(templates, options.fields());
    this.shown = options.fields().isEmpty() ? FIELDS_OF_A_SECTION : MOST_FIELDS;
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
    facts(blocks, values);
    return message;
  }

  private static ObjectNode section(ArrayNode blocks) {
    return blocks.addObject().put("type", "section").putObject("text").put("type", "mrkdwn");
  }

  private void facts(ArrayNode blocks, Map<String, Object> values) {
    List<String> facts =
        fields.orTags(values).entrySet().stream()
            .limit(shown)
            .map(fact -> cut("*" + fact.getKey() + "*\n" + fact.getValue(), MOST_FIELD))
            .toList();
    for (int i = 0; i < facts.size(); i += FIELDS_OF_A_SECTION) {
      ArrayNode section = blocks.addObject().put("type", "section").putArray("fields");
      facts.stream()
          .skip(i)
          .limit(FIELDS_OF_A_SECTION)
          .forEach(fact -> section.addObject().put("type", "mrkdwn").put("text", fact));
    }
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
