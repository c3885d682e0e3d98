package io.modelvane.notifier.http;

import io.modelvane.spi.Notification;
import io.modelvane.toolkit.Escapes;

/**
 * A CloudEvent 1.0 in the structured mode of HTTP, its data that of our own JSON
 * (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md). Source and
 * id together are the same for every attempt, so that a consumer can drop repeats.
 */
final class CloudEventBody implements HttpBody {
  static final String CONTENT_TYPE = "application/cloudevents+json; charset=utf-8";

  private final OwnBody own;

  CloudEventBody(OwnBody own) {
    this.own = own;
  }

  @Override
  public String of(Notification notification) {
    return JsonText.object(
        json -> {
          json.writeStringField("specversion", "1.0");
          json.writeStringField("id", notification.id());
          json.writeStringField("source", source(notification));
          json.writeStringField("type", "io.modelvane." + OwnBody.kind(notification));
          json.writeStringField("subject", notification.incident().key());
          json.writeStringField("time", notification.at().toString());
          json.writeStringField("datacontenttype", "application/json");
          own.data(json, notification);
        });
  }

  /** Several have no check: the rule is what stays, however many they are at the next attempt. */
  private static String source(Notification notification) {
    return notification.members().isEmpty()
        ? "/modelvane/checks/" + Escapes.url(notification.incident().check())
        : "/modelvane/rules/" + Escapes.url(notification.rule());
  }
}
