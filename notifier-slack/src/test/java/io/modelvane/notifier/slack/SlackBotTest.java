package io.modelvane.notifier.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Outcome.Kind;
import io.modelvane.testkit.Samples;
import io.modelvane.testkit.Samples.NotificationBuilder;
import io.modelvane.testkit.ScriptedServer;
import io.modelvane.testkit.ScriptedServer.Answer;
import io.modelvane.testkit.TestContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SlackBotTest {
  private static final Map<String, String> THREAD =
      Map.of("ts", "1700000000.000001", "channel", "C0ALERTS");

  private final TestContext context = TestContext.named("ml-team").secret(SlackApi.TOKEN).build();
  private final SlackApi slack = new SlackApi();
  private ScriptedServer server;
  private Notifier notifier;

  @BeforeEach
  void start() throws IOException {
    server = ScriptedServer.answering(slack);
    notifier =
        new SlackNotifierFactory().create(SlackSamples.bot(server.url("/api")).options(), context);
  }

  @AfterEach
  void stop() throws InterruptedException {
    notifier.stop();
    server.close();
    context.close();
  }

  private List<String> calls() {
    return server.requests().stream().map(request -> request.target().getPath()).toList();
  }

  private JsonNode body(int call) {
    return SlackApi.parse(server.requests().get(call).body());
  }

  private static NotificationBuilder worsened() {
    return Samples.notification().step(IncidentStep.WORSENED, Level.WARN, Level.CRIT);
  }

  @Test
  void the_first_message_begins_a_thread_that_the_receipt_remembers() throws Exception {
    Delivery delivery = notifier.deliver(Samples.notification().build());
    assertThat(delivery.receipt()).isEqualTo(THREAD);
    assertThat(calls()).containsExactly("/api/chat.postMessage");
    assertThat(body(0).path("channel").asText()).isEqualTo("#ml-alerts");
    assertThat(body(0).has("thread_ts")).isFalse();
  }

  @Test
  void a_long_answer_does_not_hide_the_thread() throws Exception {
    Delivery delivery =
        notifier.deliver(Samples.notification().message("<&>".repeat(60_000)).build());
    assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
    assertThat(delivery.receipt()).isEqualTo(THREAD);
  }

  @Test
  void a_change_recolours_the_first_message_and_answers_in_its_thread() throws Exception {
    Delivery delivery = notifier.deliver(worsened().receipt(THREAD).build());
    assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
    assertThat(delivery.receipt()).isEqualTo(THREAD);
    assertThat(calls()).containsExactly("/api/chat.update", "/api/chat.postMessage");
    assertThat(body(0).path("ts").asText()).isEqualTo("1700000000.000001");
    assertThat(body(0).at("/attachments/0/color").asText()).isEqualTo("danger");
    assertThat(body(1).path("thread_ts").asText()).isEqualTo("1700000000.000001");
    assertThat(body(1).path("channel").asText()).isEqualTo("C0ALERTS");
    assertThat(body(1).path("reply_broadcast").asBoolean()).isTrue();
  }

  @Test
  void a_recovery_turns_the_first_message_green_and_is_shown_to_all() throws Exception {
    notifier.deliver(Samples.notification().resolved().receipt(THREAD).build());
    assertThat(body(0).at("/attachments/0/color").asText()).isEqualTo("good");
    assertThat(body(1).path("reply_broadcast").asBoolean()).isTrue();
  }

  @Test
  void a_reminder_stays_in_the_thread_and_changes_no_colour() throws Exception {
    notifier.deliver(
        Samples.notification()
            .step(IncidentStep.REPEATED, Level.CRIT, Level.CRIT)
            .receipt(THREAD)
            .build());
    assertThat(calls()).containsExactly("/api/chat.postMessage");
    assertThat(body(0).path("reply_broadcast").asBoolean()).isFalse();
  }

  @Test
  void an_acknowledgement_is_shown_at_the_first_message_and_told_in_the_thread() throws Exception {
    notifier.deliver(
        Samples.notification()
            .step(IncidentStep.ACKNOWLEDGED, Level.CRIT, Level.CRIT)
            .detail("acknowledged_by", "ana")
            .receipt(THREAD)
            .build());
    assertThat(calls()).containsExactly("/api/chat.update", "/api/chat.postMessage");
    assertThat(body(0).path("text").asText()).startsWith("ACKNOWLEDGED risky-approvals");
    assertThat(body(0).at("/attachments/0/color").asText()).isEqualTo("danger");
    assertThat(body(1).at("/attachments/0/blocks/0/text/text").asText())
        .contains("acknowledged by ana, still crit");
    assertThat(body(1).path("reply_broadcast").asBoolean()).isFalse();
  }

  @Test
  void a_recolouring_that_may_work_later_holds_the_answer_back() throws Exception {
    server.script(request -> Answer.of(429, "").with("Retry-After", "3"));
    Delivery delivery = notifier.deliver(worsened().receipt(THREAD).build());
    assertThat(delivery.outcome()).isInstanceOf(Outcome.Throttled.class);
    assertThat(delivery.receipt()).isEqualTo(THREAD);
    assertThat(calls()).containsExactly("/api/chat.update");
  }

  @Test
  void a_recolouring_that_never_works_does_not_cost_the_alert() throws Exception {
    refuse("/api/chat.update", "cant_update_message");
    Delivery delivery = notifier.deliver(worsened().receipt(THREAD).build());
    assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
    assertThat(calls()).containsExactly("/api/chat.update", "/api/chat.postMessage");
    assertThat(context.log())
        .singleElement()
        .asString()
        .contains("WARNING", "i-0001", "cant_update_message");
  }

  private void refuse(String path, String error) {
    server.script(
        request ->
            request.target().getPath().equals(path)
                ? SlackApi.refusal(error)
                : slack.answer(request));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "thread_not_found",
        "restricted_action_thread_locked",
        "restricted_action_non_threadable_channel",
        "cannot_reply_to_message"
      })
  void a_thread_that_somebody_deleted_or_locked_begins_anew(String error) throws Exception {
    server.script(
        request ->
            request.body().contains("thread_ts") ? SlackApi.refusal(error) : slack.answer(request));
    Map<String, String> gone = Map.of("ts", "1600000000.000009", "channel", "C0ALERTS");
    Delivery delivery = notifier.deliver(worsened().receipt(gone).build());
    assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
    assertThat(delivery.receipt()).isEqualTo(THREAD);
  }

  @ParameterizedTest
  @CsvSource({
    "invalid_auth, MISCONFIGURED",
    "token_revoked, MISCONFIGURED",
    "missing_scope, MISCONFIGURED",
    "channel_not_found, MISCONFIGURED",
    "not_in_channel, MISCONFIGURED",
    "is_archived, MISCONFIGURED",
    "accesslimited, MISCONFIGURED",
    "two_factor_setup_required, MISCONFIGURED",
    "restricted_action_thread_only_channel, MISCONFIGURED",
    "ratelimited, THROTTLED",
    "internal_error, RETRYABLE",
    "fatal_error, RETRYABLE",
    "msg_too_long, REJECTED",
    "invalid_blocks, REJECTED",
    "an_error_of_tomorrow, REJECTED",
  })
  void each_error_in_a_200_means_what_it_says(String error, Kind kind) throws Exception {
    refuse("/api/chat.postMessage", error);
    Delivery delivery = notifier.deliver(Samples.notification().build());
    assertThat(delivery.outcome().kind()).isEqualTo(kind);
    assertThat(delivery.outcome().reason()).contains(error);
    assertThat(delivery.receipt()).isEmpty();
  }

  @Test
  void a_200_that_is_not_from_slack_is_tried_again() throws Exception {
    server.script(request -> Answer.of(200, "<html>please log in to the wireless network</html>"));
    Delivery delivery = notifier.deliver(Samples.notification().build());
    assertThat(delivery.outcome().kind()).isEqualTo(Kind.RETRYABLE);
    assertThat(delivery.outcome().reason()).contains("api_url");
  }

  @Test
  void an_answer_that_breaks_off_after_its_first_fields_is_enough() throws Exception {
    server.script(
        request ->
            Answer.of(
                200, "{\"ok\":true,\"channel\":\"C0ALERTS\",\"ts\":\"17.01\",\"message\":{\"te"));
    Delivery delivery = notifier.deliver(Samples.notification().build());
    assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
    assertThat(delivery.receipt()).containsEntry("ts", "17.01");
  }

  @Test
  void one_delivery_may_take_three_calls() {
    assertThat(notifier.timeout()).isEqualTo(Duration.ofSeconds(35));
    assertThat(notifier.receiverDropsRepeats()).isFalse();
  }
}
