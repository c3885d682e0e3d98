package io.modelvane.notifier.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelvane.spi.Notification;
import io.modelvane.testkit.HostileTexts;
import io.modelvane.testkit.Samples;
import io.modelvane.testkit.TestContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CustomBodyTest {
  private final TestContext context = TestContext.named("hook").build();

  @AfterEach
  void close() {
    context.close();
  }

  private String body(String contentType, String template, Notification notification) {
    HttpOptions options = new HttpSamples().custom(contentType, template).options();
    return HttpBody.of(options, context).of(notification);
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, '\"a\\n<b>&\\\"c\"'",
    "application/vnd.acme+json; charset=utf-8, '\"a\\n<b>&\\\"c\"'",
    "application/xml, '\"a\n&lt;b&gt;&amp;&quot;c\"'",
    "text/html, '\"a\n&lt;b&gt;&amp;&quot;c\"'",
    "application/x-www-form-urlencoded, '\"a%0A%3Cb%3E%26%22c\"'",
    "text/plain, '\"a\n<b>&\"c\"'",
  })
  void values_are_escaped_as_the_content_type_asks(String contentType, String body) {
    Notification notification = Samples.notification().message("a\n<b>&\"c").build();
    assertThat(body(contentType, "\"{{message}}\"", notification)).isEqualTo(body);
  }

  @Test
  void no_data_adds_a_parameter_to_a_form() {
    for (String text : HostileTexts.all().values()) {
      Notification hostile = Samples.notification().message(text).check(text).build();
      String form =
          body("application/x-www-form-urlencoded", "check={{check}}&level={{level}}", hostile);
      String[] parameters = form.split("&", -1);
      assertThat(parameters).as(text).hasSize(2);
      assertThat(parameters[1]).isEqualTo("level=crit");
      assertThat(URLDecoder.decode(parameters[0], StandardCharsets.UTF_8)).startsWith("check=");
    }
  }

  @Test
  void an_alert_whose_body_came_out_as_no_json_is_told_in_our_own() {
    Notification without = Samples.notification().value(OptionalDouble.empty()).build();
    String template = "{\"value\": {{value}}}";
    JsonNode body = WebhookReceiver.parse(body("application/json", template, without));
    assertThat(body.path("type").asText()).isEqualTo("modelvane.incident.opened");
    assertThat(context.log())
        .singleElement()
        .asString()
        .contains("WARNING", "'body'", "i-0001", "{{names}} in quotes");
    Notification with = Samples.notification().build();
    assertThat(body("application/json", template, with)).isEqualTo("{\"value\": 0.93}");
  }

  @Test
  void a_missing_name_in_quotes_is_a_visible_mark() {
    assertThat(body("application/json", "{\"a\": \"{{tags.x}}\"}", Samples.notification().build()))
        .isEqualTo("{\"a\": \"(no tags.x)\"}");
    assertThat(context.log()).isEmpty();
  }
}
