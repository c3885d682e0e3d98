package io.modelvane.notifier.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.spi.Incident;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Status;
import io.modelvane.toolkit.MessageValues;
import io.modelvane.toolkit.Templates;
import java.util.Locale;
import java.util.Optional;

/** The body of a call: the operator's template, or our own JSON. */
final class HttpBody {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<Templates.Template> template;

  HttpBody(HttpOptions options) {
    this.template = options.body().map(new Templates(HttpBody::escape)::compile);
  }

  private static String escape(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }

  String of(Notification notification) {
    return template.isPresent()
        ? template.get().render(MessageValues.of(notification))
        : json(notification);
  }

  private static String json(Notification notification) {
    ObjectNode body = JSON.createObjectNode();
    body.put("type", "modelvane.incident." + notification.step().name().toLowerCase(Locale.ROOT));
    body.put("timestamp", notification.at().toString());
    ObjectNode data = body.putObject("data");
    data.put("id", notification.id());
    data.put("rule", notification.rule());
    data.put("attempt", notification.attempt());
    data.put("possible_repeat", notification.possibleRepeat());
    data.put("previous_level", notification.previous().text());
    notification.link().ifPresent(link -> data.put("link", link.toString()));
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
    return body.toString();
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
    status.value().ifPresent(value -> json.put("value", value));
    json.put("message", status.message());
    ObjectNode details = json.putObject("details");
    status.details().forEach(details::put);
  }
}
