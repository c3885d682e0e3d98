package io.modelvane.notifier.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.modelvane.spi.Incident;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Status;
import io.modelvane.spi.Tag;
import java.io.IOException;
import java.util.Locale;

/**
 * Our own JSON, in the envelope that Standard Webhooks 1.0 advises. Its JSON Schema is {@code
 * docs/notification.schema.json}.
 */
final class OwnBody implements HttpBody {
  private final HttpWords words;

  OwnBody(HttpWords words) {
    this.words = words;
  }

  @Override
  public String of(Notification notification) {
    return JsonText.object(
        json -> {
          json.writeStringField("type", "modelvane." + kind(notification));
          json.writeStringField("timestamp", notification.at().toString());
          data(json, notification);
        });
  }

  /** {@code incident.opened} and so on. */
  static String kind(Notification notification) {
    return "incident." + notification.step().name().toLowerCase(Locale.ROOT);
  }

  /** Writes the member {@code data}. */
  void data(JsonGenerator json, Notification notification) throws IOException {
    json.writeObjectFieldStart("data");
    json.writeStringField("id", notification.id());
    json.writeStringField("rule", notification.rule());
    json.writeNumberField("attempt", notification.attempt());
    json.writeBooleanField("possible_repeat", notification.possibleRepeat());
    json.writeStringField("previous_level", notification.previous().text());
    if (notification.link().isPresent()) {
      json.writeStringField("link", notification.link().get().toString());
    }
    HttpWords.Said said = words.of(notification);
    json.writeStringField("title", said.title());
    json.writeStringField("text", said.text());
    JsonText.texts(json, "fields", said.fields());
    told(json, notification.incident(), notification.status());
    if (!notification.members().isEmpty()) {
      json.writeArrayFieldStart("members");
      for (Notification.Member member : notification.members()) {
        json.writeStartObject();
        told(json, member.incident(), member.status());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void told(JsonGenerator json, Incident incident, Status status)
      throws IOException {
    incident(json, incident);
    status(json, status);
  }

  private static void incident(JsonGenerator json, Incident incident) throws IOException {
    json.writeObjectFieldStart("incident");
    json.writeStringField("id", incident.id());
    json.writeStringField("key", incident.key());
    json.writeStringField("check", incident.check());
    json.writeStringField("level", incident.level().text());
    json.writeStringField("worst", incident.worst().text());
    json.writeStringField("since", incident.since().toString());
    json.writeNumberField("breaches", incident.breaches());
    json.writeStringField("measurement", incident.series().measurement());
    json.writeObjectFieldStart("tags");
    for (Tag tag : incident.series().tags()) {
      json.writeStringField(tag.key(), tag.value());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void status(JsonGenerator json, Status status) throws IOException {
    json.writeObjectFieldStart("status");
    json.writeStringField("check_type", status.checkType());
    json.writeStringField("level", status.level().text());
    json.writeStringField("time", status.time().toString());
    json.writeStringField("source_time", status.sourceTime().toString());
    if (status.field().isPresent()) {
      json.writeStringField("field", status.field().get());
    }
    // JSON has no other numbers; Jackson would write them as texts.
    if (status.value().isPresent() && Double.isFinite(status.value().getAsDouble())) {
      json.writeNumberField("value", status.value().getAsDouble());
    }
    json.writeStringField("message", status.message());
    JsonText.texts(json, "details", status.details());
    json.writeEndObject();
  }
}
