package io.modelvane.notifier.pagerduty;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Notification;
import io.modelvane.toolkit.MessageValues;
import io.modelvane.toolkit.Templates;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The body of an event. Limits: summary 1,024 characters, the whole 512 KB
 * (https://developer.pagerduty.com/docs/send-alert-event); the details go first when it is too
 * much.
 */
final class PagerDutyEvent {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_SUMMARY = 1_024;
  private static final int MOST_BYTES = 500_000;

  private final PagerDutyOptions options;
  private final Templates.Template summary;
  private final Templates.Template source;

  PagerDutyEvent(PagerDutyOptions options) {
    this.options = options;
    Templates plain = new Templates(text -> text);
    this.summary = plain.compile(options.summary());
    this.source = plain.compile(options.source());
  }

  String of(Notification notification) {
    ObjectNode event = JSON.createObjectNode();
    boolean resolved = notification.step() == IncidentStep.RESOLVED;
    event.put("routing_key", options.routingKey().reveal());
    event.put("event_action", resolved ? "resolve" : "trigger");
    // The same for every level and every rule, so that any of them can resolve it.
    event.put("dedup_key", notification.incident().key());
    event.put("client", "Modelvane");
    notification
        .link()
        .ifPresent(
            link -> {
              event.put("client_url", link.toString());
              event.putArray("links").addObject().put("href", link.toString()).put("text", "Look");
            });
    ObjectNode payload = event.putObject("payload");
    payload(payload, notification);
    String text = event.toString();
    if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      payload.putObject("custom_details").put("left_out", "the details were over 512 kB");
      text = event.toString();
    }
    return text;
  }

  private void payload(ObjectNode payload, Notification notification) {
    Map<String, Object> values = MessageValues.of(notification);
    payload.put("summary", shortened(MessageValues.orHeadline(summary.render(values), values)));
    payload.put("source", shortened(MessageValues.orHeadline(source.render(values), values)));
    payload.put("severity", severity(notification));
    payload.put("timestamp", notification.status().sourceTime().toString());
    payload.put("component", shortened(notification.incident().series().measurement()));
    payload.put("class", shortened(notification.incident().check()));
    details(payload.putObject("custom_details"), notification);
  }

  /** A summary's limit for all short texts: no other is documented. */
  private static String shortened(String text) {
    return MessageValues.cut(text, MOST_SUMMARY);
  }

  /** Tags and further facts stand apart, so that none hides another of the same name. */
  private static void details(ObjectNode details, Notification notification) {
    details.put("message", notification.status().message());
    details.put("level", notification.incident().level().text());
    details.put("previous", notification.previous().text());
    details.put("worst", notification.incident().worst().text());
    details.put("since", notification.incident().since().toString());
    details.put("breaches", notification.incident().breaches());
    details.put("rule", notification.rule());
    notification.status().field().ifPresent(field -> details.put("field", field));
    notification.status().value().ifPresent(value -> details.put("value", value));
    ObjectNode tags = details.putObject("tags");
    notification.incident().series().tags().forEach(tag -> tags.put(tag.key(), tag.value()));
    notification.status().details().forEach(details.putObject("facts")::put);
  }

  private static String severity(Notification notification) {
    return switch (notification.incident().level()) {
      case CRIT -> "critical";
      case WARN -> "warning";
      case INFO, OK -> "info";
      case UNKNOWN -> "error";
    };
  }
}
