package io.modelvane.notifier.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.spi.Incident;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Status;
import java.util.Locale;

/**
 * Our own JSON, in the envelope that Standard Webhooks 1.0 advises. Its JSON Schema is {@code
 * docs/notification.schema.json}.
 */
final class OwnBody implements HttpBody {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpWords words;

  OwnBody(HttpWords words) {
    this.words = words;
  }

  @Override
  public String of(Notification notification) {
    ObjectNode body = JSON.createObjectNode();
    body.put("type", "modelvane." + kind(notification));
    body.put("timestamp", notification.at().toString());
    body.set("data", data(notification));
    return body.toString();
  }

  /** {@code incident.opened} and so on. */
  static String kind(Notification notification) {
    return "incident." + notification.step().name().toLowerCase(Locale.ROOT);
  }

  ObjectNode data(Notification notification) {
    ObjectNode data = JSON.createObjectNode();
    data.put("id", notification.id());
    data.put("rule", notification.rule());
    data.put("attempt", notification.attempt());
    data.put("possible_repeat", notification.possibleRepeat());
    data.put("previous_level", notification.previous().text());
    notification.link().ifPresent(link -> data.put("link", link.toString()));
    HttpWords.Said said = words.of(notification);
    data.put("title", said.title());
    data.put("text", said.text());
    said.fields().forEach(data.putObject("fields")::put);
    incident(data.putObject("incident"), notification.incident());
    status(data.putObject("status"), notification.status());
    if (!notification.members().isEmpty()) {
      ArrayNode members = data.putArray("members");
      for (Notification.Member member : notification.members()) {
        ObjectNode node = members.addObject();
        incident(node.putObject("incident"), member.incident());
        status(node.putObject("status"), member.status());
      }
    }
    return data;
  }

  private static void incident(ObjectNode json, Incident incident) {
    json.put("id", incident.id());
    json.put("key", incident.key());
    json.put("check", incident.check());
    json.put("level", incident.level().text());
    json.put("worst", incident.worst().text());
    json.put("since", incident.since().toString());
    json.put("breaches", incident.breaches());
    json.put("measurement", incident.series().measurement());
    ObjectNode tags = json.putObject("tags");
    incident.series().tags().forEach(tag -> tags.put(tag.key(), tag.value()));
  }

  private static void status(ObjectNode json, Status status) {
    json.put("check_type", status.checkType());
    json.put("level", status.level().text());
    json.put("time", status.time().toString());
    json.put("source_time", status.sourceTime().toString());
    status.field().ifPresent(field -> json.put("field", field));
    // JSON has no other numbers; Jackson would write them as texts.
    status.value().stream().filter(Double::isFinite).forEach(value -> json.put("value", value));
    json.put("message", status.message());
    ObjectNode details = json.putObject("details");
    status.details().forEach(details::put);
  }
}
