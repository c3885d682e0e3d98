package io.modelvane.notifier.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelvane.notifier.http.HttpOptions.Format;
import io.modelvane.spi.Notification;
import io.modelvane.testkit.Samples;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class InfluxBodyTest {
  /** Sent by a rule of InfluxDB 2.7, as it arrived. */
  private static final String REAL =
      "{\"_check_id\":\"11ad76a6d1ad4000\",\"_check_name\":\"requests\",\"_level\":\"crit\","
          + "\"_measurement\":\"notifications\",\"_message\":\"Check: requests is: crit\","
          + "\"_notification_endpoint_id\":\"11ad76a6d3cfc000\","
          + "\"_notification_endpoint_name\":\"none\","
          + "\"_notification_rule_id\":\"11ad76a6d6fec000\","
          + "\"_notification_rule_name\":\"rule-none\",\"_source_measurement\":\"ml\","
          + "\"_source_timestamp\":1795394720000000000,\"_start\":\"2026-11-23T00:45:15Z\","
          + "\"_status_timestamp\":1795394720000000000,\"_stop\":\"2026-11-23T00:45:25Z\","
          + "\"_time\":\"2026-11-23T00:45:25Z\",\"_type\":\"threshold\",\"_version\":1,"
          + "\"model\":\"credit v1\",\"region\":\"eu\",\"risk_score\":0.93,\"team\":\"risk\"}";

  private static JsonNode body(Notification notification) {
    return ReadyBodies.of(Format.INFLUXDB, notification);
  }

  @Test
  void a_row_has_the_keys_types_and_order_of_influxdbs_own() {
    Notification notification =
        Samples.notification()
            .series(Samples.series(Map.of("model", "credit v1", "region", "eu", "team", "risk")))
            .build();
    JsonNode real = WebhookReceiver.parse(REAL);
    JsonNode ours = body(notification);
    assertThat(names(ours)).isEqualTo(names(real));
    real.properties()
        .forEach(
            column ->
                assertThat(ours.path(column.getKey()).getNodeType())
                    .as(column.getKey())
                    .isEqualTo(column.getValue().getNodeType()));
  }

  private static List<String> names(JsonNode row) {
    List<String> names = new ArrayList<>();
    Iterator<String> all = row.fieldNames();
    all.forEachRemaining(names::add);
    return names;
  }

  @Test
  void a_row_says_what_the_notification_does() {
    JsonNode row = body(Samples.notification().build());
    assertThat(row.path("_check_name").asText()).isEqualTo("risky-approvals");
    assertThat(row.path("_check_id").asText()).matches("[0-9a-f]{16}");
    assertThat(row.path("_notification_rule_name").asText()).isEqualTo("page");
    assertThat(row.path("_notification_endpoint_name").asText()).isEqualTo("hook");
    assertThat(row.path("_level").asText()).isEqualTo("crit");
    assertThat(row.path("_message").asText()).isEqualTo("risk_score is 0.93, above 0.7");
    assertThat(row.path("_source_measurement").asText()).isEqualTo("insights");
    assertThat(row.path("_source_timestamp").asLong()).isEqualTo(1_772_366_399_750_000_000L);
    assertThat(row.path("_status_timestamp").asLong()).isEqualTo(1_772_366_400_000_000_000L);
    assertThat(row.path("_time").asText()).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(row.path("risk_score").asDouble()).isEqualTo(0.93);
    assertThat(row.path("algorithm_name").asText()).isEqualTo("credit_card_approval");
  }

  @Test
  void an_id_is_that_of_the_recorded_history() {
    assertThat(InfluxBody.id("check", "risky-approvals")).isEqualTo("67b8260532a2ee53");
  }

  @Test
  void a_group_is_the_same_check_however_many_incidents_it_has() {
    Notification one = Samples.notification().build();
    JsonNode first = body(Samples.notification().check("1 incident").member(one).build());
    JsonNode more =
        body(Samples.notification().check("2 incidents").member(one).member(one).build());
    JsonNode other =
        body(Samples.notification().incident("i-2").check("1 incident").member(one).build());
    assertThat(more.path("_check_id")).isEqualTo(first.path("_check_id"));
    assertThat(more.path("_check_name")).isEqualTo(first.path("_check_name"));
    assertThat(other.path("_check_id")).isNotEqualTo(first.path("_check_id"));
  }

  @Test
  void the_end_of_an_incident_is_ok() {
    assertThat(body(Samples.notification().resolved().build()).path("_level").asText())
        .isEqualTo("ok");
  }

  @Test
  void a_tag_hides_no_column_and_a_value_that_is_no_number_is_left_out() {
    Map<String, String> tags = Map.of("_level", "fine", "_version", "7", "risk_score", "high");
    JsonNode row =
        body(
            Samples.notification()
                .series(Samples.series(tags))
                .value(OptionalDouble.of(Double.POSITIVE_INFINITY))
                .build());
    assertThat(row.path("_level").asText()).isEqualTo("crit");
    assertThat(row.path("_version").asInt()).isEqualTo(1);
    assertThat(row.path("risk_score").asText()).isEqualTo("high");
  }

  @Test
  void every_notification_is_one_flat_row() {
    for (Notification notification : ReadyBodies.notifications()) {
      JsonNode row = body(notification);
      assertThat(row.path("_version").asInt()).isEqualTo(1);
      row.elements().forEachRemaining(value -> assertThat(value.isValueNode()).isTrue());
    }
  }
}
