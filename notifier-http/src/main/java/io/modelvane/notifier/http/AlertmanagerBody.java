package io.modelvane.notifier.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import java.util.List;
import java.util.Map;

/**
 * What Alertmanager's webhook receivers get, version 4
 * (https://prometheus.io/docs/alerting/latest/configuration/#webhook_config). One incident is one
 * group of one alert; its group key and fingerprint depend on the check and the series alone, so
 * that a change of level updates the alert and a recovery resolves it. As with Alertmanager, an
 * alert keeps its labels when it is resolved. Several incidents are one group of as many alerts,
 * each the same as if it were told alone; how many they are is no part of any identity.
 */
final class AlertmanagerBody implements HttpBody {
  private static final ObjectMapper JSON = new ObjectMapper();
  // Go's zero time: what stands for "not yet" in this format.
  private static final String NOT_YET = "0001-01-01T00:00:00Z";

  private final HttpWords words;
  private final String receiver;

  AlertmanagerBody(HttpWords words, String receiver) {
    this.words = words;
    this.receiver = receiver;
  }

  @Override
  public String of(Notification notification) {
    boolean several = !notification.members().isEmpty();
    List<ObjectNode> alerts =
        several
            ? MemberNotifications.of(notification).stream().map(this::alert).toList()
            : List.of(alert(notification));
    AlertLabels group =
        several
            ? AlertLabels.ofGroup(notification.incident())
            : AlertLabels.of(notification.incident());
    ObjectNode body = JSON.createObjectNode();
    body.put("version", "4");
    body.put("groupKey", group.groupKey());
    body.put("truncatedAlerts", 0);
    body.put("status", status(alerts));
    body.put("receiver", receiver);
    group.labels().forEach(body.putObject("groupLabels")::put);
    body.set("commonLabels", common(alerts, "labels"));
    body.set("commonAnnotations", common(alerts, "annotations"));
    body.put("externalURL", link(notification));
    body.putArray("alerts").addAll(alerts);
    return body.toString();
  }

  /** A group is over when all of its alerts are. */
  private static String status(List<ObjectNode> alerts) {
    return alerts.stream().allMatch(alert -> alert.path("status").asText().equals("resolved"))
        ? "resolved"
        : "firing";
  }

  /** What all alerts have with the same value. */
  private static ObjectNode common(List<ObjectNode> alerts, String which) {
    ObjectNode common = JSON.createObjectNode();
    for (Map.Entry<String, JsonNode> entry : alerts.get(0).path(which).properties()) {
      if (alerts.stream()
          .allMatch(each -> entry.getValue().equals(each.path(which).get(entry.getKey())))) {
        common.set(entry.getKey(), entry.getValue());
      }
    }
    return common;
  }

  private ObjectNode alert(Notification notification) {
    AlertLabels identity = AlertLabels.of(notification.incident());
    ObjectNode alert = JSON.createObjectNode();
    alert.put("status", status(notification));
    identity.with("severity", severity(notification)).forEach(alert.putObject("labels")::put);
    annotations(notification).forEach(alert.putObject("annotations")::put);
    alert.put("startsAt", notification.incident().since().toString());
    alert.put("endsAt", isOver(notification) ? notification.at().toString() : NOT_YET);
    alert.put("generatorURL", link(notification));
    alert.put("fingerprint", identity.fingerprint());
    return alert;
  }

  /** The names that most receivers show, then the operator's fields, which may replace them. */
  private Map<String, String> annotations(Notification notification) {
    HttpWords.Said said = words.of(notification);
    Map<String, String> annotations = AlertLabels.named(said.fields());
    annotations.putIfAbsent("summary", said.title());
    annotations.putIfAbsent("description", said.text());
    return annotations;
  }

  private static String link(Notification notification) {
    return notification.link().map(Object::toString).orElse("");
  }

  private static boolean isOver(Notification notification) {
    return notification.step() == IncidentStep.RESOLVED;
  }

  private static String status(Notification notification) {
    return isOver(notification) ? "resolved" : "firing";
  }

  private static String severity(Notification notification) {
    Level level = isOver(notification) ? notification.previous() : notification.incident().level();
    return switch (level) {
      case CRIT -> "critical";
      case WARN -> "warning";
      case INFO, OK -> "info";
      case UNKNOWN -> "unknown";
    };
  }
}
