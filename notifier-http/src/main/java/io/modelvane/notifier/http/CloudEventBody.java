package io.modelvane.notifier.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.spi.Notification;
import io.modelvane.toolkit.Escapes;

/**
 * A CloudEvent 1.0 in the structured mode of HTTP, its data that of our own JSON
 * (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md). Source and
 * id together are the same for every attempt, so that a consumer can drop repeats.
 */
final class CloudEventBody implements HttpBody {
  static final String CONTENT_TYPE = "application/cloudevents+json; charset=utf-8";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final OwnBody own;

  CloudEventBody(OwnBody own) {
    this.own = own;
  }

  @Override
  public String of(Notification notification) {
    ObjectNode event = JSON.createObjectNode();
    event.put("specversion", "1.0");
    event.put("id", notification.id());
    event.put("source", source(notification));
    event.put("type", "io.modelvane." + OwnBody.kind(notification));
    event.put("subject", notification.incident().key());
    event.put("time", notification.at().toString());
    event.put("datacontenttype", "application/json");
    event.set("data", own.data(notification));
    return event.toString();
  }

  /** Several have no check: the rule is what stays, however many they are at the next attempt. */
  private static String source(Notification notification) {
    return notification.members().isEmpty()
        ? "/modelvane/checks/" + Escapes.url(notification.incident().check())
        : "/modelvane/rules/" + Escapes.url(notification.rule());
  }
}
