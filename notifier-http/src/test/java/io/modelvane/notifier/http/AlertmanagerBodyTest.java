package io.modelvane.notifier.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelvane.notifier.http.HttpOptions.Format;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.testkit.Samples;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AlertmanagerBodyTest {
  /** Of alertname, algorithm_name and algorithm_version, computed apart from the code. */
  private static final String FINGERPRINT = "96acc8019bfc0bc7";

  private static JsonNode body(Notification notification) {
    return ReadyBodies.of(Format.ALERTMANAGER, notification);
  }

  @Test
  void a_firing_alert_is_as_alertmanager_sends_it() {
    HttpSamples samples = new HttpSamples().format(Format.ALERTMANAGER);
    samples.title = "{{headline}} {{check}}";
    samples.text = "{{message}}";
    samples.fields.put("runbook url", "https://wiki.example.com/{{check}}");
    assertThat(ReadyBodies.of(samples, Samples.notification().build()))
        .isEqualTo(
            WebhookReceiver.parse(
                """
                {
                  "version": "4",
                  "groupKey": "{}:{alertname=\\"risky-approvals\\", algorithm_name=\\"credit_card_approval\\", algorithm_version=\\"1.0.6\\"}",
                  "truncatedAlerts": 0,
                  "status": "firing",
                  "receiver": "hook",
                  "groupLabels": {
                    "alertname": "risky-approvals",
                    "algorithm_name": "credit_card_approval",
                    "algorithm_version": "1.0.6"
                  },
                  "commonLabels": {
                    "alertname": "risky-approvals",
                    "algorithm_name": "credit_card_approval",
                    "algorithm_version": "1.0.6",
                    "severity": "critical"
                  },
                  "commonAnnotations": {
                    "description": "risk_score is 0.93, above 0.7",
                    "runbook_url": "https://wiki.example.com/risky-approvals",
                    "summary": "CRIT risky-approvals"
                  },
                  "externalURL": "https://dash.example.com/d/models?var=credit&x=1",
                  "alerts": [
                    {
                      "status": "firing",
                      "labels": {
                        "alertname": "risky-approvals",
                        "algorithm_name": "credit_card_approval",
                        "algorithm_version": "1.0.6",
                        "severity": "critical"
                      },
                      "annotations": {
                        "description": "risk_score is 0.93, above 0.7",
                        "runbook_url": "https://wiki.example.com/risky-approvals",
                        "summary": "CRIT risky-approvals"
                      },
                      "startsAt": "2026-03-01T11:59:00Z",
                      "endsAt": "0001-01-01T00:00:00Z",
                      "generatorURL": "https://dash.example.com/d/models?var=credit&x=1",
                      "fingerprint": "%s"
                    }
                  ]
                }
                """
                    .formatted(FINGERPRINT)));
  }

  /** The values that Prometheus' own tests know. */
  @Test
  void a_fingerprint_is_alertmanagers() {
    assertThat(new AlertLabels(new TreeMap<>()).fingerprint()).isEqualTo("cbf29ce484222325");
    Map<String, String> labels = Map.of("name", "garland, briggs", "fear", "love is not enough");
    assertThat(new AlertLabels(new TreeMap<>(labels)).fingerprint())
        .isEqualTo(Long.toHexString(5_799_056_148_416_392_346L));
  }

  @Test
  void a_recovery_ends_the_alert_that_was_firing() {
    JsonNode firing = body(Samples.notification().build());
    JsonNode resolved = body(Samples.notification().resolved().build());
    assertThat(resolved.path("status").asText()).isEqualTo("resolved");
    assertThat(resolved.path("groupKey")).isEqualTo(firing.path("groupKey"));
    JsonNode alert = resolved.at("/alerts/0");
    assertThat(alert.path("status").asText()).isEqualTo("resolved");
    assertThat(alert.path("labels")).isEqualTo(firing.at("/alerts/0/labels"));
    assertThat(alert.path("fingerprint")).isEqualTo(firing.at("/alerts/0/fingerprint"));
    assertThat(alert.path("startsAt")).isEqualTo(firing.at("/alerts/0/startsAt"));
    assertThat(alert.path("endsAt").asText()).isEqualTo("2026-03-01T12:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({"CRIT, critical", "WARN, warning", "INFO, info", "UNKNOWN, unknown"})
  void a_level_is_a_severity_and_no_part_of_the_identity(Level level, String severity) {
    JsonNode opened = body(Samples.notification().build());
    JsonNode body = body(Samples.notification().step(IncidentStep.OPENED, Level.OK, level).build());
    assertThat(body.at("/alerts/0/labels/severity").asText()).isEqualTo(severity);
    assertThat(body.path("groupKey")).isEqualTo(opened.path("groupKey"));
    assertThat(body.at("/alerts/0/fingerprint")).isEqualTo(opened.at("/alerts/0/fingerprint"));
  }

  @Test
  void tags_become_labels_that_prometheus_allows_and_hide_none_of_ours() {
    Map<String, String> tags =
        Map.of("alertname", "mine", "severity", "low", "model name", "m", "9th", "x", "é", "y");
    JsonNode labels =
        body(Samples.notification().series(Samples.series(tags)).build()).path("commonLabels");
    assertThat(labels.path("alertname").asText()).isEqualTo("risky-approvals");
    assertThat(labels.path("severity").asText()).isEqualTo("critical");
    assertThat(labels.path("exported_alertname").asText()).isEqualTo("mine");
    assertThat(labels.path("exported_severity").asText()).isEqualTo("low");
    assertThat(labels.path("model_name").asText()).isEqualTo("m");
    assertThat(labels.path("_9th").asText()).isEqualTo("x");
    assertThat(labels.path("_").asText()).isEqualTo("y");
  }

  private static Notification high(Level level) {
    Level before = level == Level.OK ? Level.CRIT : Level.OK;
    IncidentStep step = level == Level.OK ? IncidentStep.RESOLVED : IncidentStep.OPENED;
    return Samples.notification().incident("high").step(step, before, level).build();
  }

  private static Notification slow(Level level) {
    Level before = level == Level.OK ? Level.WARN : Level.OK;
    IncidentStep step = level == Level.OK ? IncidentStep.RESOLVED : IncidentStep.OPENED;
    return Samples.notification()
        .incident("slow")
        .check("slow")
        .message("p95 is 900")
        .series(Samples.series(Map.of("algorithm_name", "fraud", "region", "eu")))
        .step(step, before, level)
        .build();
  }

  /** As alerting tells of a group: its name counts the members, its series has what they share. */
  private static Notification group(IncidentStep step, Level level, Notification... members) {
    Samples.NotificationBuilder group =
        Samples.notification()
            .incident("group")
            .check(members.length + " incidents")
            .series(Samples.series(Map.of()))
            .step(step, Level.OK, level);
    for (Notification member : members) {
      group.member(member);
    }
    return group.build();
  }

  @Test
  void each_member_of_a_group_is_the_alert_that_it_is_alone() {
    JsonNode body =
        body(group(IncidentStep.OPENED, Level.CRIT, high(Level.CRIT), slow(Level.WARN)));
    assertThat(body.path("alerts")).hasSize(2);
    assertThat(body.at("/alerts/0")).isEqualTo(body(high(Level.CRIT)).at("/alerts/0"));
    assertThat(body.at("/alerts/1")).isEqualTo(body(slow(Level.WARN)).at("/alerts/0"));
    assertThat(body.path("status").asText()).isEqualTo("firing");
    assertThat(body.path("commonLabels").isEmpty()).isTrue();
    assertThat(body.path("commonAnnotations").isEmpty()).isTrue();
  }

  @Test
  void what_all_members_share_is_common() {
    JsonNode body =
        body(group(IncidentStep.OPENED, Level.CRIT, high(Level.CRIT), slow(Level.CRIT)));
    assertThat(body.path("commonLabels"))
        .isEqualTo(WebhookReceiver.parse("{\"severity\": \"critical\"}"));
  }

  @Test
  void a_group_keeps_its_key_while_members_come_and_go_and_ends_what_it_began() {
    JsonNode one = body(group(IncidentStep.OPENED, Level.CRIT, high(Level.CRIT)));
    JsonNode two =
        body(group(IncidentStep.WORSENED, Level.CRIT, high(Level.CRIT), slow(Level.WARN)));
    JsonNode over = body(group(IncidentStep.RESOLVED, Level.OK, high(Level.OK), slow(Level.OK)));
    for (JsonNode later : List.of(two, over)) {
      assertThat(later.path("groupKey")).isEqualTo(one.path("groupKey"));
      assertThat(later.path("groupLabels")).isEqualTo(one.path("groupLabels"));
    }
    assertThat(over.path("status").asText()).isEqualTo("resolved");
    for (int member = 0; member < 2; member++) {
      JsonNode ended = over.path("alerts").path(member);
      assertThat(ended.path("status").asText()).isEqualTo("resolved");
      assertThat(ended.path("labels")).isEqualTo(two.path("alerts").path(member).path("labels"));
      assertThat(ended.path("fingerprint"))
          .isEqualTo(two.path("alerts").path(member).path("fingerprint"));
      assertThat(ended.path("endsAt").asText()).isEqualTo("2026-03-01T12:00:00Z");
    }
    assertThat(over.toString()).doesNotContain("2 incidents");
  }

  @Test
  void another_group_has_another_key() {
    Notification other = Samples.notification().incident("other").member(high(Level.CRIT)).build();
    assertThat(body(other).path("groupKey"))
        .isNotEqualTo(
            body(group(IncidentStep.OPENED, Level.CRIT, high(Level.CRIT))).path("groupKey"));
  }

  @Test
  void who_is_over_is_resolved_beside_who_is_not() {
    JsonNode body = body(group(IncidentStep.OPENED, Level.WARN, slow(Level.WARN), high(Level.OK)));
    assertThat(body.path("status").asText()).isEqualTo("firing");
    assertThat(body.at("/alerts/0/status").asText()).isEqualTo("firing");
    assertThat(body.at("/alerts/1/status").asText()).isEqualTo("resolved");
  }

  @Test
  void a_series_that_was_bad_twice_is_one_alert() {
    Notification again = Samples.notification().incident("again").resolved().build();
    JsonNode body = body(group(IncidentStep.RESOLVED, Level.OK, high(Level.OK), again));
    assertThat(body.path("alerts")).hasSize(1);
  }

  @Test
  void every_notification_has_all_that_receivers_read() {
    for (Notification notification : ReadyBodies.notifications()) {
      JsonNode body = body(notification);
      assertThat(body.path("groupKey").asText()).isNotBlank();
      for (String object : List.of("groupLabels", "commonLabels", "commonAnnotations")) {
        body.path(object)
            .properties()
            .forEach(
                label -> {
                  assertThat(label.getKey()).matches("[a-zA-Z_][a-zA-Z0-9_]*");
                  assertThat(label.getValue().isTextual()).isTrue();
                });
      }
      JsonNode alert = body.at("/alerts/0");
      assertThat(alert.path("fingerprint").asText()).matches("[0-9a-f]{16}");
      assertThat(alert.path("generatorURL").isTextual()).isTrue();
      assertThat(OffsetDateTime.parse(alert.path("startsAt").asText())).isNotNull();
      assertThat(OffsetDateTime.parse(alert.path("endsAt").asText())).isNotNull();
    }
  }
}
