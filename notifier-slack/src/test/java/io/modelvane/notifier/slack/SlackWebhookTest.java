package io.modelvane.notifier.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Outcome.Kind;
import io.modelvane.testkit.Samples;
import io.modelvane.testkit.ScriptedServer;
import io.modelvane.testkit.ScriptedServer.Answer;
import io.modelvane.testkit.TestContext;
import io.modelvane.toolkit.HttpAnswer;
import java.net.URI;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SlackWebhookTest {
  @ParameterizedTest
  @CsvSource({
    "hooks.slack.com, 200, ok, DONE",
    "hooks.slack.com, 200, '<html>Please log in</html>', RETRYABLE",
    "hooks.slack.com, 200, 'ok, but later', RETRYABLE",
    "hooks.slack.com, 201, ok, RETRYABLE",
    "hooks.slack.com, 202, ok, RETRYABLE",
    "hooks.slack.com, 204, '', RETRYABLE",
    "hooks.slack.com, 200, '', RETRYABLE",
    "hooks.slack-gov.com, 200, '{\"success\":true}', RETRYABLE",
    "hooks.slack.com, 404, no_service, MISCONFIGURED",
    "mattermost.example.com, 200, ok, DONE",
    "rocket.example.com, 200, '{\"success\":true}', DONE",
    "discord.com, 204, '', DONE",
    "slack.com.example.org, 200, fine, DONE",
    "mattermost.example.com, 200, ' <!DOCTYPE html><title>Please log in</title>', RETRYABLE",
    "mattermost.example.com, 404, no_service, MISCONFIGURED",
  })
  void slack_says_ok_and_others_what_they_like_but_no_page(
      String host, int status, String body, Kind kind) {
    Outcome usual =
        status < 300 ? Outcome.DONE : Outcome.Rejected.of("answers %d".formatted(status));
    HttpAnswer answer = new HttpAnswer(usual, OptionalInt.of(status), body, true);
    Delivery delivery = SlackWebhook.judge(URI.create("https://" + host + "/hooks/x"), answer);
    assertThat(delivery.outcome().kind()).isEqualTo(kind);
    assertThat(delivery.statusCode()).hasValue(status);
    if (kind == Kind.RETRYABLE) {
      assertThat(delivery.outcome().reason()).contains(host, "check 'url'").doesNotContain("/x");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, ok, DONE",
    "200, '{\"success\":true}', DONE",
    "200, '<html>Please log in</html>', RETRYABLE",
    "404, no_service, MISCONFIGURED",
  })
  void what_understands_slacks_messages_is_told_once(int status, String body, Kind kind)
      throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(request -> Answer.of(status, body));
        TestContext context = TestContext.named("ml-team").secret("aVerySecretPath").build()) {
      SlackSamples samples = SlackSamples.webhook(server.url(SlackApi.PATH).toString());
      Notifier notifier = new SlackNotifierFactory().create(samples.options(), context);
      Delivery delivery = notifier.deliver(Samples.notification().build());
      assertThat(delivery.outcome().kind()).isEqualTo(kind);
      assertThat(delivery.statusCode()).hasValue(status);
      notifier.stop();
    }
  }
}
