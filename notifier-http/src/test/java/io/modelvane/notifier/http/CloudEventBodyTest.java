package io.modelvane.notifier.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelvane.notifier.http.HttpOptions.Format;
import io.modelvane.spi.Notification;
import io.modelvane.testkit.Samples;
import java.net.URI;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

/** https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#context-attributes. */
final class CloudEventBodyTest {
  private static JsonNode event(Notification notification) {
    return ReadyBodies.of(Format.CLOUDEVENTS, notification);
  }

  @Test
  void an_event_has_the_attributes_that_the_specification_wants() {
    JsonNode event = event(Samples.notification().build());
    assertThat(event.path("specversion").asText()).isEqualTo("1.0");
    assertThat(event.path("id").asText()).isEqualTo("n-0001");
    assertThat(event.path("source").asText()).isEqualTo("/modelvane/checks/risky-approvals");
    assertThat(event.path("type").asText()).isEqualTo("io.modelvane.incident.opened");
    assertThat(event.path("subject").asText()).matches("[0-9a-f]+");
    assertThat(event.path("time").asText()).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(event.path("datacontenttype").asText()).isEqualTo("application/json");
    assertThat(event.at("/data/incident/level").asText()).isEqualTo("crit");
  }

  @Test
  void every_notification_is_a_valid_event() {
    for (Notification notification : ReadyBodies.notifications()) {
      JsonNode event = event(notification);
      event.fieldNames().forEachRemaining(name -> assertThat(name).matches("[a-z0-9]{1,20}"));
      assertThat(event.path("data").isObject()).isTrue();
      assertThat(event.path("id").asText()).isNotEmpty();
      assertThat(URI.create(event.path("source").asText()).getPath()).startsWith("/modelvane/");
      assertThat(OffsetDateTime.parse(event.path("time").asText())).isNotNull();
    }
  }

  @Test
  void source_and_id_are_the_same_for_every_attempt() {
    JsonNode first = event(Samples.notification().build());
    JsonNode again = event(Samples.notification().repeated(2).build());
    assertThat(again.path("id")).isEqualTo(first.path("id"));
    assertThat(again.path("source")).isEqualTo(first.path("source"));
  }

  @Test
  void how_many_incidents_a_group_has_changes_neither_source_nor_subject() {
    Notification one = Samples.notification().build();
    JsonNode first = event(Samples.notification().check("1 incident").member(one).build());
    JsonNode again =
        event(
            Samples.notification()
                .check("2 incidents")
                .member(one)
                .member(Samples.notification().incident("i-2").check("slow").build())
                .build());
    assertThat(first.path("source").asText()).isEqualTo("/modelvane/rules/page");
    assertThat(again.path("source")).isEqualTo(first.path("source"));
    assertThat(again.path("subject")).isEqualTo(first.path("subject"));
  }

  @Test
  void the_data_is_that_of_our_own_json() {
    Notification notification = Samples.notification().build();
    assertThat(event(notification).path("data"))
        .isEqualTo(ReadyBodies.of(Format.MODELVANE, notification).path("data"));
  }
}
