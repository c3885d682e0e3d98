package io.modelvane.notifier.pagerduty;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Notification;
import io.modelvane.toolkit.MessageValues;
import io.modelvane.toolkit.Templates;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The body of an event. Limits: summary 1,024 characters, the whole 512 KB
 * (https://developer.pagerduty.com/docs/send-alert-event); the details go first when it is too
 * much.
 */
final class PagerDutyEvent {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_SUMMARY = 1_024;
  private static final int MOST_BYTES = 500_000;

  private final String routingKey;
  private final Templates.Template summary;
  private final Templates.Template source;
  private final Templates.Template component;
  private final Templates.Template class_;
  private final Optional<Templates.Template> group;
  private final PagerDutyLinks links;
  private final PagerDutyDetails details;

  PagerDutyEvent(PagerDutyOptions options) {
    Templates plain = new Templates(text -> text);
    this.routingKey = options.routingKey().reveal();
    this.summary = plain.compile(options.summary());
    this.source = plain.compile(options.source());
    this.component = plain.compile(options.component());
    this.class_ = plain.compile(options.class_());
    this.group = options.group().map(plain::compile);
    this.links = new PagerDutyLinks(options);
    this.details = new PagerDutyDetails(options.fields());
  }

  /** An event that opens, changes or ends an alert. */
  String alert(Notification notification) {
    Map<String, Object> values = MessageValues.of(unmarked(notification));
    ObjectNode event = JSON.createObjectNode();
    event.put("routing_key", routingKey);
    event.put("event_action", action(notification.step()));
    // The same for every level and every rule, so that any of them can resolve it.
    event.put("dedup_key", notification.incident().key());
    event.put("client", "Modelvane");
    notification.link().ifPresent(link -> event.put("client_url", link.toString()));
    ObjectNode payload = payload(event, notification, values);
    payload.put("severity", severity(notification));
    payload.put("component", text(component, values));
    payload.put("class", text(class_, values));
    group.ifPresent(template -> payload.put("group", text(template, values)));
    return fitting(event, payload);
  }

  /**
   * An event of a change, which has neither level nor end
   * (https://developer.pagerduty.com/docs/send-change-events).
   */
  String change(Notification notification) {
    ObjectNode event = JSON.createObjectNode();
    event.put("routing_key", routingKey);
    return fitting(event, payload(event, notification, MessageValues.of(notification)));
  }

  /** What both kinds of events have. */
  private ObjectNode payload(
      ObjectNode event, Notification notification, Map<String, Object> values) {
    ObjectNode payload = event.putObject("payload");
    payload.put("summary", text(summary, values));
    payload.put("source", text(source, values));
    payload.put("timestamp", notification.status().sourceTime().toString());
    ObjectNode custom = payload.putObject("custom_details");
    details.add(custom, notification, values);
    links.add(event, custom, values);
    return payload;
  }

  /** PagerDuty itself tells a repeat of an alert, by its key. */
  private static Notification unmarked(Notification n) {
    return new Notification(
        n.id(),
        n.rule(),
        n.incident(),
        n.step(),
        n.previous(),
        n.status(),
        n.at(),
        n.attempt(),
        false,
        n.link(),
        n.receipt(),
        n.members());
  }

  private static String action(IncidentStep step) {
    return switch (step) {
      case OPENED, WORSENED, IMPROVED, REPEATED -> "trigger";
      case ACKNOWLEDGED -> "acknowledge";
      case RESOLVED -> "resolve";
    };
  }

  /** A summary's limit for all short texts: no other is documented. */
  private static String text(Templates.Template template, Map<String, Object> values) {
    return MessageValues.cut(
        MessageValues.orHeadline(template.render(values), values), MOST_SUMMARY);
  }

  private static String fitting(ObjectNode event, ObjectNode payload) {
    String whole = event.toString();
    if (whole.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES) {
      return whole;
    }
    payload.putObject("custom_details").put("left_out", "the details were over 512 kB");
    return event.toString();
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
