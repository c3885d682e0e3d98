package io.modelvane.notifier.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.Outcome.Kind;
import io.modelvane.spi.Secret;
import io.modelvane.testkit.Samples;
import io.modelvane.testkit.ScriptedServer;
import io.modelvane.testkit.ScriptedServer.Answer;
import io.modelvane.testkit.TestContext;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PagerDutyNotifierTest {
  private static Delivery told(Answer answer) throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(request -> answer);
        TestContext context = TestContext.named("oncall").secret(EventsApi.KEY).build()) {
      URI url = server.url("/v2/enqueue");
      Notifier notifier =
          new PagerDutyNotifierFactory()
              .create(PagerDutySamples.options(url, Duration.ofSeconds(10)), context);
      Delivery delivery = notifier.deliver(Samples.notification().build());
      notifier.stop();
      return delivery;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"errors\":[\"Length of 'routing_key' is incorrect (should be 32 characters)\"]}",
        "{\"status\":\"invalid event\",\"message\":\"Invalid routing key\"}"
      })
  void a_refused_key_is_for_the_operator(String body) throws Exception {
    Delivery delivery = told(Answer.of(400, body));
    assertThat(delivery.outcome().kind()).isEqualTo(Kind.MISCONFIGURED);
    assertThat(delivery.outcome().reason()).contains("routing_key").doesNotContain(EventsApi.KEY);
  }

  @Test
  void any_other_400_is_a_refusal_in_the_services_own_words() throws Exception {
    Delivery delivery =
        told(Answer.of(400, "{\"errors\":[\"'payload.summary' is missing or blank\"]}"));
    assertThat(delivery.outcome().kind()).isEqualTo(Kind.REJECTED);
    assertThat(delivery.outcome().reason()).contains("'payload.summary' is missing or blank");
  }

  @Test
  void repeats_are_dropped_by_the_receiver() {
    try (TestContext context = TestContext.named("oncall").build()) {
      PagerDutyOptions options = PagerDutySamples.withTemplates("a", "b");
      Notifier notifier = new PagerDutyNotifierFactory().create(options, context);
      assertThat(notifier.receiverDropsRepeats()).isTrue();
      assertThat(notifier.timeout()).isEqualTo(Duration.ofSeconds(15));
    }
  }

  private static List<String> problems(PagerDutyOptions options) {
    List<String> problems = new ArrayList<>();
    new PagerDutyNotifierFactory()
        .validate(options, (path, message) -> problems.add(path + ": " + message));
    return problems;
  }

  @Test
  void the_defaults_are_right() {
    assertThat(problems(PagerDutySamples.withTemplates("{{check}}", "{{series}}"))).isEmpty();
  }

  @Test
  void an_empty_key_is_refused() {
    PagerDutyOptions like = PagerDutySamples.withTemplates("a", "b");
    PagerDutyOptions wrong =
        new PagerDutyOptions(Secret.of(" "), like.url(), "a", "b", like.timeout());
    assertThat(problems(wrong)).singleElement().asString().startsWith("routing_key: is empty");
  }

  @Test
  void a_host_without_a_scheme_is_refused() {
    assertThat(
            problems(
                PagerDutySamples.options(
                    URI.create("events.eu.pagerduty.com"), Duration.ofSeconds(1))))
        .containsExactly("url: must begin with http:// or https:// and name a host");
  }

  @Test
  void templates_that_cannot_be_read_are_named_by_their_options() {
    assertThat(problems(PagerDutySamples.withTemplates("{{a", "{{/b}}")))
        .hasSize(2)
        .anySatisfy(p -> assertThat(p).startsWith("summary: is not a Mustache template"))
        .anySatisfy(p -> assertThat(p).startsWith("source: is not a Mustache template"));
  }
}
