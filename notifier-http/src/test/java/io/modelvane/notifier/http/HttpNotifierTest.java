package io.modelvane.notifier.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Secret;
import io.modelvane.testkit.HostileTexts;
import io.modelvane.testkit.Samples;
import io.modelvane.testkit.ScriptedServer;
import io.modelvane.testkit.ScriptedServer.Answer;
import io.modelvane.testkit.ScriptedServer.Request;
import io.modelvane.testkit.TestContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class HttpNotifierTest {
  private final TestContext context = TestContext.named("hook").build();
  private ScriptedServer server;
  private HttpSamples samples;

  @BeforeEach
  void start() throws IOException {
    server = ScriptedServer.answering(request -> Answer.of(204, ""));
    samples = HttpSamples.to(server.url("/hook"));
  }

  @AfterEach
  void stop() {
    server.close();
    context.close();
  }

  private Request sent(HttpSamples as, Notification notification) throws InterruptedException {
    samples = as;
    return sent(notification);
  }

  private Request sent(Notification notification) throws InterruptedException {
    Notifier notifier = new HttpNotifierFactory().create(samples.options(), context);
    Delivery delivery = notifier.deliver(notification);
    assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
    notifier.stop();
    return server.lastRequest();
  }

  @Test
  void our_own_json_says_everything() throws Exception {
    Request request = sent(Samples.notification().repeated(2).build());
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.header("Content-Type")).isEqualTo("application/json");
    JsonNode body = WebhookReceiver.parse(request.body());
    assertThat(body.path("type").asText()).isEqualTo("modelvane.incident.opened");
    assertThat(body.path("timestamp").asText()).isEqualTo("2026-03-01T12:00:00Z");
    JsonNode data = body.path("data");
    assertThat(data.path("id").asText()).isEqualTo("n-0001");
    assertThat(data.path("attempt").asInt()).isEqualTo(2);
    assertThat(data.path("possible_repeat").asBoolean()).isTrue();
    assertThat(data.path("link").asText()).startsWith("https://dash.example.com/");
    assertThat(data.at("/incident/level").asText()).isEqualTo("crit");
    assertThat(data.at("/incident/since").asText()).isEqualTo("2026-03-01T11:59:00Z");
    assertThat(data.at("/incident/breaches").asInt()).isEqualTo(3);
    assertThat(data.at("/incident/tags/algorithm_name").asText()).isEqualTo("credit_card_approval");
    assertThat(data.at("/status/value").asDouble()).isEqualTo(0.93);
    assertThat(data.at("/status/details/threshold").asText()).isEqualTo("> 0.7");
  }

  @Test
  void every_attempt_has_the_same_id_and_its_own_time_and_signature() throws Exception {
    samples.signing = List.of(Secret.of(HttpSamples.SIGNING));
    Request first = sent(Samples.notification().build());
    context.clock().advance(Duration.ofSeconds(30));
    Request second = sent(Samples.notification().repeated(2).build());
    assertThat(second.header("webhook-id")).isEqualTo(first.header("webhook-id"));
    assertThat(second.header("Idempotency-Key")).isEqualTo("n-0001");
    assertThat(first.header("webhook-timestamp")).isEqualTo("1772366400");
    assertThat(second.header("webhook-timestamp")).isEqualTo("1772366430");
    assertThat(second.header("webhook-signature"))
        .isEqualTo(
            WebhookReceiver.signatureOf("n-0001.1772366430." + second.body(), HttpSamples.SIGNING))
        .isNotEqualTo(first.header("webhook-signature"));
  }

  @ParameterizedTest
  @EnumSource
  void while_secrets_are_exchanged_a_receiver_with_either_can_trust_every_format(
      HttpOptions.Format format) throws Exception {
    String older = "whsec_" + "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB";
    samples.signing = List.of(Secret.of(older), Secret.of(HttpSamples.SIGNING));
    samples.format(format);
    samples.body = Optional.of("{\"level\": \"{{level}}\"}");
    Request request = sent(Samples.notification().build());
    String signed = "n-0001.1772366400." + request.body();
    assertThat(request.header("webhook-signature"))
        .isEqualTo(
            WebhookReceiver.signatureOf(signed, older)
                + " "
                + WebhookReceiver.signatureOf(signed, HttpSamples.SIGNING));
  }

  @ParameterizedTest
  @CsvSource({
    "MODELVANE, application/json",
    "ALERTMANAGER, application/json",
    "INFLUXDB, application/json",
    "CLOUDEVENTS, application/cloudevents+json; charset=utf-8",
  })
  void each_format_is_sent_as_what_it_is(HttpOptions.Format format, String contentType)
      throws Exception {
    Request request = sent(samples.format(format), Samples.notification().build());
    assertThat(request.header("Content-Type")).isEqualTo(contentType);
    assertThat(WebhookReceiver.parse(request.body()).isObject()).isTrue();
    samples.contentType = Optional.of("application/vnd.acme+json");
    assertThat(sent(Samples.notification().build()).header("Content-Type"))
        .isEqualTo("application/vnd.acme+json");
  }

  @Test
  void logins_are_sent_as_their_schemes_say() throws Exception {
    samples.bearer = Optional.of(Secret.of("t0ken"));
    assertThat(sent(Samples.notification().build()).header("Authorization"))
        .isEqualTo("Bearer t0ken");
    samples.bearer = Optional.empty();
    samples.username = Optional.of("probe user");
    samples.password = Optional.of(Secret.of("p:ss wörd"));
    assertThat(sent(Samples.notification().build()).header("Authorization"))
        .isEqualTo("Basic cHJvYmUgdXNlcjpwOnNzIHfDtnJk");
  }

  @Test
  void method_body_and_headers_are_the_operators() throws Exception {
    samples.method = HttpOptions.Method.PUT;
    samples.custom("text/plain; charset=utf-8", "{{LEVEL}} {{subject}}: é {{nope}}");
    samples.header("X-Level", "{{level}}/{{tags.algorithm_version}}");
    Request request = sent(Samples.notification().build());
    assertThat(request.method()).isEqualTo("PUT");
    assertThat(request.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(request.body()).isEqualTo("CRIT credit_card_approval 1.0.6: é (no nope)");
    assertThat(request.header("X-Level")).isEqualTo("crit/1.0.6");
  }

  @Test
  void an_answer_that_repeats_a_header_does_not_give_it_away() throws Exception {
    samples.header("X-Key", "s3cret-{{level}}");
    server.script(request -> Answer.of(400, "wrong: " + request.header("X-Key")));
    Notifier notifier = new HttpNotifierFactory().create(samples.options(), context);
    Delivery delivery = notifier.deliver(Samples.notification().build());
    notifier.stop();
    assertThat(delivery.answer()).isEqualTo("wrong: ****");
    assertThat(delivery.outcome().reason()).doesNotContain("s3cret");
  }

  @Test
  void a_body_of_the_operators_stays_json_whatever_the_data_says() throws Exception {
    samples.body = Optional.of("{\"text\": \"{{message}}\", \"model\": \"{{tags.model}}\"}");
    for (String text : HostileTexts.all().values()) {
      String tag = text.substring(0, Math.min(text.length(), 10_000));
      Notification hostile =
          Samples.notification().message(text).series(Samples.series(Map.of("model", tag))).build();
      JsonNode body = WebhookReceiver.parse(sent(hostile).body());
      assertThat(body.isObject()).as(text).isTrue();
      assertThat(body).hasSize(2);
    }
  }

  @Test
  void data_in_a_header_cannot_begin_another() throws Exception {
    samples.header("X-Message", "[{{message}}]");
    Request request = sent(Samples.notification().message("a\r\nX-Evil: 1\r\n\r\nbö").build());
    assertThat(request.header("X-Message")).isEqualTo("[a X-Evil: 1 b?]");
    assertThat(request.headers()).doesNotContainKey("x-evil");
  }

  @Test
  void the_receiver_drops_repeats_by_their_id() {
    Notifier notifier = new HttpNotifierFactory().create(samples.options(), context);
    assertThat(notifier.receiverDropsRepeats()).isTrue();
    assertThat(notifier.timeout()).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void who_gets_a_body_of_ones_own_is_not_taken_to_drop_repeats() {
    samples.custom("application/json", "{\"text\":\"{{headline}}\"}");
    assertThat(created().receiverDropsRepeats()).isFalse();
    samples.dropsRepeats = Optional.of(true);
    assertThat(created().receiverDropsRepeats()).isTrue();
    samples.dropsRepeats = Optional.empty();
    samples.signing = List.of(Secret.of(HttpSamples.SIGNING));
    assertThat(created().receiverDropsRepeats()).isTrue();
    samples.dropsRepeats = Optional.of(false);
    assertThat(created().receiverDropsRepeats()).isFalse();
  }

  private Notifier created() {
    return new HttpNotifierFactory().create(samples.options(), context);
  }

  @ParameterizedTest
  @CsvSource({
    "ALERTMANAGER, true",
    "INFLUXDB, true",
    "MODELVANE, false",
    "CLOUDEVENTS, false",
  })
  void incidents_are_made_into_one_message_only_where_the_format_has_room(
      HttpOptions.Format format, boolean keeps) {
    Notifier notifier = new HttpNotifierFactory().create(samples.format(format).options(), context);
    assertThat(notifier.receiverKeepsIncidents()).isEqualTo(keeps);
  }
}
