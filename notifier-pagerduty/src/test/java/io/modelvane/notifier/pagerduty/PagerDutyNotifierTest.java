package io.modelvane.notifier.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Outcome.Kind;
import io.modelvane.testkit.Samples;
import io.modelvane.testkit.ScriptedServer;
import io.modelvane.testkit.ScriptedServer.Answer;
import io.modelvane.testkit.TestContext;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PagerDutyNotifierTest {
  private static Delivery told(Answer answer) throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(request -> answer);
        TestContext context = TestContext.named("oncall").secret(EventsApi.KEY).build()) {
      URI url = server.url("/v2/enqueue");
      Notifier notifier =
          new PagerDutyNotifierFactory().create(PagerDutySamples.to(url).options(), context);
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

  @ParameterizedTest
  @CsvSource({
    "OPENED, OK, CRIT, trigger",
    "WORSENED, WARN, CRIT, trigger",
    "IMPROVED, CRIT, WARN, trigger",
    "REPEATED, CRIT, CRIT, trigger",
    "ACKNOWLEDGED, CRIT, CRIT, acknowledge",
    "RESOLVED, CRIT, OK, resolve",
  })
  void each_step_is_an_action(IncidentStep step, Level from, Level to, String action)
      throws Exception {
    try (Told told = new Told()) {
      told.deliver(Samples.notification().step(step, from, to).build());
      assertThat(told.paths()).containsExactly("/v2/enqueue");
      assertThat(told.event().path("event_action").asText()).isEqualTo(action);
    }
  }

  @Test
  void the_begin_of_a_change_is_a_change_event_and_its_end_is_nothing() throws Exception {
    try (Told told = new Told()) {
      told.samples.changes = List.of("new-model-version");
      told.deliver(Samples.notification().check("new-model-version").build());
      assertThat(told.paths()).containsExactly("/v2/change/enqueue");
      told.deliver(Samples.notification().check("new-model-version").resolved().build());
      assertThat(told.paths()).hasSize(1);
      told.deliver(Samples.notification().build());
      assertThat(told.paths()).containsExactly("/v2/change/enqueue", "/v2/enqueue");
    }
  }

  @Test
  void a_heartbeat_pages_nobody() throws Exception {
    try (Told told = new Told()) {
      Notifier notifier =
          new PagerDutyNotifierFactory().create(told.samples.options(), told.context);
      Delivery delivery =
          notifier.deliver(
              Samples.notification().step(IncidentStep.REPEATED, Level.OK, Level.OK).build());
      notifier.stop();
      assertThat(delivery.outcome().kind()).isEqualTo(Kind.REJECTED);
      assertThat(delivery.outcome().reason()).contains("heartbeat");
      assertThat(delivery.sent()).isFalse();
      assertThat(told.paths()).isEmpty();
    }
  }

  /** PagerDuty, and one who tells it. */
  private static final class Told implements AutoCloseable {
    private final ScriptedServer server = ScriptedServer.answering(new EventsApi());
    private final TestContext context = TestContext.named("oncall").secret(EventsApi.KEY).build();
    private final PagerDutySamples samples = PagerDutySamples.to(server.url("/v2/enqueue"));

    Told() throws IOException {}

    void deliver(Notification notification) throws InterruptedException {
      Notifier notifier = new PagerDutyNotifierFactory().create(samples.options(), context);
      assertThat(notifier.deliver(notification).outcome()).isEqualTo(Outcome.DONE);
      notifier.stop();
    }

    List<String> paths() {
      return server.requests().stream().map(request -> request.target().getPath()).toList();
    }

    JsonNode event() {
      return EventsApi.parse(server.lastRequest().body());
    }

    @Override
    public void close() {
      server.close();
      context.close();
    }
  }

  @Test
  void repeats_of_alerts_are_dropped_by_the_receiver_and_those_of_changes_are_not() {
    try (TestContext context = TestContext.named("oncall").build()) {
      PagerDutySamples samples = new PagerDutySamples();
      Notifier notifier = new PagerDutyNotifierFactory().create(samples.options(), context);
      assertThat(notifier.receiverDropsRepeats()).isTrue();
      assertThat(notifier.timeout()).isEqualTo(Duration.ofSeconds(15));
      samples.changes = List.of("new-model-version");
      assertThat(
              new PagerDutyNotifierFactory()
                  .create(samples.options(), context)
                  .receiverDropsRepeats())
          .isFalse();
    }
  }

  @Test
  void events_go_to_the_regions_own_host_unless_told_otherwise() {
    PagerDutySamples samples = new PagerDutySamples();
    assertThat(samples.options().alerts()).hasToString("https://events.pagerduty.com/v2/enqueue");
    assertThat(samples.options().changeEvents())
        .hasToString("https://events.pagerduty.com/v2/change/enqueue");
    samples.region = PagerDutyOptions.Region.EU;
    assertThat(samples.options().alerts())
        .hasToString("https://events.eu.pagerduty.com/v2/enqueue");
    samples.url = Optional.of(URI.create("http://proxy/pd/v2/enqueue"));
    assertThat(samples.options().changeEvents()).hasToString("http://proxy/pd/v2/change/enqueue");
  }

  private static List<String> problems(PagerDutySamples samples) {
    List<String> problems = new ArrayList<>();
    new PagerDutyNotifierFactory()
        .validate(samples.options(), (path, message) -> problems.add(path + ": " + message));
    return problems;
  }

  @Test
  void the_defaults_are_right() {
    assertThat(problems(new PagerDutySamples())).isEmpty();
  }

  @Test
  void an_empty_key_is_refused() {
    PagerDutySamples samples = new PagerDutySamples();
    samples.routingKey = " ";
    assertThat(problems(samples)).singleElement().asString().startsWith("routing_key: is empty");
  }

  @Test
  void a_host_without_a_scheme_is_refused() {
    assertThat(problems(PagerDutySamples.to(URI.create("events.eu.pagerduty.com"))))
        .containsExactly("url: must begin with http:// or https:// and name a host");
  }

  @Test
  void templates_that_cannot_be_read_are_named_by_their_options() {
    PagerDutySamples samples = PagerDutySamples.withTemplates("{{a", "{{/b}}");
    samples.component = "{{compnent}}";
    samples.group = Optional.of("{{#a}}");
    samples.type = "{{klass}}";
    samples.fields.put("Team", "{{team}}");
    samples.links = List.of(new PagerDutyOptions.Link("https://x/{{chekc}}", "{{"));
    samples.images = List.of(new PagerDutyOptions.Image("http://x/{{a", Optional.of("{{b"), "{{c"));
    assertThat(problems(samples))
        .extracting(problem -> problem.substring(0, problem.indexOf(':')))
        .containsExactly(
            "summary",
            "source",
            "component",
            "class",
            "group",
            "fields.Team",
            "links[0].href",
            "links[0].text",
            "images[0].src",
            "images[0].alt",
            "images[0].href",
            "images[0].src");
  }
}
