package io.modelvane.notifier.slack;

import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Outcome;
import io.modelvane.toolkit.HttpAnswer;
import io.modelvane.toolkit.HttpRequest;
import io.modelvane.toolkit.HttpSender;
import java.net.URI;
import java.util.Map;

/** Posts by an incoming webhook: every notification a message of its own. */
final class SlackWebhook implements SlackPost {
  private final URI url;
  private final SlackMessage message;
  private final HttpSender http;

  SlackWebhook(URI url, SlackMessage message, HttpSender http) {
    this.url = url;
    this.message = message;
    this.http = http;
  }

  @Override
  public Delivery post(Notification notification) throws InterruptedException {
    String body = message.of(notification).toString();
    HttpAnswer answer = http.send(HttpRequest.json(url, Map.of(), body));
    String word = answer.body().strip();
    if (SlackErrors.isForOperator(word)) {
      return answer.as(
          new Outcome.Misconfigured("Slack refuses the webhook: " + word + "; make a new one"));
    }
    return answer.usual().kind() == Outcome.Kind.DONE && !(answer.is(200) && word.equals("ok"))
        ? answer.as(new Outcome.Retryable(notSlacks(answer)))
        : answer.asUsual();
  }

  /** A proxy's page, say: Slack itself answers 200 and "ok" and nothing else. */
  private String notSlacks(HttpAnswer answer) {
    return "%s answers %d without the word ok, which is not Slack's; check 'url' and the proxy"
        .formatted(url.getHost(), answer.status().orElse(0));
  }
}
