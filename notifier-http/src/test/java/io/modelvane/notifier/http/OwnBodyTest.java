package io.modelvane.notifier.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.modelvane.notifier.http.HttpOptions.Format;
import io.modelvane.spi.Notification;
import io.modelvane.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Our own JSON is as its published schema says. */
final class OwnBodyTest {
  private static final Path SCHEMA = Path.of("../docs/notification.schema.json");

  private static JsonNode json() throws IOException {
    return WebhookReceiver.parse(Files.readString(SCHEMA));
  }

  private static JsonSchema schema() throws IOException {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(json(), SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
  }

  @Test
  void every_notification_is_as_the_schema_says() throws Exception {
    JsonSchema schema = schema();
    for (Notification notification : ReadyBodies.notifications()) {
      JsonNode body = ReadyBodies.of(Format.MODELVANE, notification);
      assertThat(schema.validate(body)).as(body.path("type").asText()).isEmpty();
    }
  }

  @Test
  void the_schema_describes_everything_that_is_sent() throws Exception {
    HttpSamples samples = new HttpSamples();
    samples.fields.put("Team", "fraud");
    JsonNode body = ReadyBodies.of(samples, Samples.notification().build());
    List<String> undescribed = new ArrayList<>();
    compare(body, json(), "", undescribed);
    assertThat(undescribed).isEmpty();
  }

  /** Where an object has properties in the schema, each of the body's must be among them. */
  private static void compare(JsonNode body, JsonNode schema, String path, List<String> missing) {
    JsonNode properties = schema.path("properties");
    if (properties.isMissingNode()) {
      return;
    }
    body.properties()
        .forEach(
            property -> {
              JsonNode described = properties.path(property.getKey());
              String at = path + "/" + property.getKey();
              if (described.path("description").asText().isBlank()) {
                missing.add(at);
              }
              compare(property.getValue(), described, at, missing);
            });
  }

  @Test
  void a_body_with_a_mistake_is_not_as_the_schema_says() throws Exception {
    String body = ReadyBodies.of(Format.MODELVANE, Samples.notification().build()).toString();
    for (String mistake :
        List.of(
            body.replace("incident.opened", "incident.closed"),
            body.replace("\"breaches\":3", "\"breaches\":\"3\""),
            body.replace("\"level\":\"crit\"", "\"level\":\"CRIT\""),
            body.replace("2026-03-01T12:00:00Z", "today"),
            body.replace("\"key\"", "\"clef\""))) {
      assertThat(schema().validate(WebhookReceiver.parse(mistake))).as(mistake).isNotEmpty();
    }
  }

  @Test
  void the_operators_words_are_in_it() {
    HttpSamples samples = new HttpSamples();
    samples.title = "{{LEVEL}} <{{check}}>";
    samples.text = "{{{message}}} {{tags.nope}}";
    samples.fields.put("Runbook", "https://wiki.example.com/{{check}}");
    JsonNode data = ReadyBodies.of(samples, Samples.notification().build()).path("data");
    assertThat(data.path("title").asText()).isEqualTo("CRIT <risky-approvals>");
    assertThat(data.path("text").asText())
        .isEqualTo("risk_score is 0.93, above 0.7 (no tags.nope)");
    assertThat(data.at("/fields/Runbook").asText())
        .isEqualTo("https://wiki.example.com/risky-approvals");
  }
}
