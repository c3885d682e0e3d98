package com.example.ntfy;

import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import java.util.Locale;

/** The JSON that ntfy takes, see https://docs.ntfy.sh/publish/#publish-as-json. */
final class NtfyMessage {
  private static final int DEFAULT_PRIORITY = 3;

  private final NtfyOptions options;

  NtfyMessage(NtfyOptions options) {
    this.options = options;
  }

  String json(Notification notification) {
    StringBuilder json = new StringBuilder("{");
    text(json, "topic", options.topic());
    text(json.append(','), "title", title(notification));
    text(json.append(','), "message", notification.status().message());
    json.append(",\"priority\":").append(priority(notification));
    notification.link().ifPresent(link -> text(json.append(','), "click", link.toString()));
    return json.append('}').toString();
  }

  private static String title(Notification notification) {
    String word =
        notification.step() == IncidentStep.RESOLVED
            ? "RESOLVED"
            : notification.incident().level().name();
    String repeat = notification.possibleRepeat() ? " (possibly repeated)" : "";
    return word + repeat + " " + notification.incident().check();
  }

  private int priority(Notification notification) {
    return notification.incident().level() == Level.CRIT
        ? options.critPriority()
        : DEFAULT_PRIORITY;
  }

  private static void text(StringBuilder json, String name, String value) {
    json.append('"').append(name).append("\":\"");
    for (char c : value.toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
