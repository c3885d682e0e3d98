package io.modelvane.notifier.slack;

import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Outcome;
import io.modelvane.toolkit.HttpAnswer;
import io.modelvane.toolkit.HttpRequest;
import io.modelvane.toolkit.HttpSender;
import java.net.URI;
import java.util.Locale;
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
    return judge(url, http.send(HttpRequest.json(url, Map.of(), body)));
  }

  /**
   * What an answer means. Slack itself answers 200 and "ok" and nothing else; what understands its
   * messages (Mattermost, Rocket.Chat, Discord) has words of its own, and no page is among them.
   */
  static Delivery judge(URI url, HttpAnswer answer) {
    String word = answer.body().strip();
    if (SlackErrors.isForOperator(word)) {
      return answer.as(
          new Outcome.Misconfigured("Slack refuses the webhook: " + word + "; make a new one"));
    }
    boolean taken = isSlacks(url) ? answer.is(200) && word.equals("ok") : !word.startsWith("<");
    return answer.usual().kind() == Outcome.Kind.DONE && !taken
        ? answer.as(new Outcome.Retryable(notSlacks(url, answer)))
        : answer.asUsual();
  }

  private static boolean isSlacks(URI url) {
    String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
    return host.endsWith(".slack.com") || host.endsWith(".slack-gov.com");
  }

  /** A proxy's page, say. */
  private static String notSlacks(URI url, HttpAnswer answer) {
    String what = isSlacks(url) ? "without the word ok, which is not Slack's" : "with a page";
    return "%s answers %d %s; check 'url' and the proxy"
        .formatted(url.getHost(), answer.status().orElse(0), what);
  }
}
