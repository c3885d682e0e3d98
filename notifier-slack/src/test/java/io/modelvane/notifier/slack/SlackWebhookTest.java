package io.modelvane.notifier.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.Outcome.Kind;
import io.modelvane.testkit.Samples;
import io.modelvane.testkit.ScriptedServer;
import io.modelvane.testkit.ScriptedServer.Answer;
import io.modelvane.testkit.TestContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SlackWebhookTest {
  @ParameterizedTest
  @CsvSource({
    "200, ok, DONE",
    "200, '<html>Please log in</html>', RETRYABLE",
    "200, 'ok, but later', RETRYABLE",
    "202, ok, RETRYABLE",
    "404, no_service, MISCONFIGURED",
  })
  void only_200_and_the_word_ok_is_delivered(int status, String body, Kind kind) throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(request -> Answer.of(status, body));
        TestContext context = TestContext.named("ml-team").secret("aVerySecretPath").build()) {
      SlackSamples samples = SlackSamples.webhook(server.url(SlackApi.PATH).toString());
      Notifier notifier = new SlackNotifierFactory().create(samples.options(), context);
      Delivery delivery = notifier.deliver(Samples.notification().build());
      assertThat(delivery.outcome().kind()).isEqualTo(kind);
      assertThat(delivery.statusCode()).hasValue(status);
      if (kind == Kind.RETRYABLE) {
        assertThat(delivery.outcome().reason()).contains("127.0.0.1", "not Slack's", "check 'url'");
      }
      notifier.stop();
    }
  }
}
