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
    payload(event.putObject("payload"), notification);
    String text = event.toString();
    if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      event.withObject("/payload").remove("custom_details");
      text = event.toString();
    }
    return text;
  }

  private void payload(ObjectNode payload, Notification notification) {
    Map<String, Object> values = MessageValues.of(notification);
    payload.put("summary", MessageValues.cut(summary.render(values), MOST_SUMMARY));
    payload.put("source", MessageValues.cut(source.render(values), MOST_SUMMARY));
    payload.put("severity", severity(notification));
    payload.put("timestamp", notification.status().sourceTime().toString());
    payload.put("component", notification.incident().series().measurement());
    payload.put("class", notification.incident().check());
    ObjectNode details = payload.putObject("custom_details");
    details.put("message", notification.status().message());
    details.put("level", notification.incident().level().text());
    details.put("previous", notification.previous().text());
    details.put("worst", notification.incident().worst().text());
    details.put("since", notification.incident().since().toString());
    details.put("breaches", notification.incident().breaches());
    details.put("rule", notification.rule());
    notification.incident().series().tags().forEach(t -> details.put(t.key(), t.value()));
    notification.status().details().forEach(details::put);
    notification.status().value().ifPresent(value -> details.put("value", value));
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
