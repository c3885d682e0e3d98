package io.modelvane.notifier.slack;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notifier;
import io.modelvane.toolkit.HttpSender;
import java.net.URI;
import java.time.Duration;

/** Posts by webhook, or as a bot with a thread per incident. Slack cannot tell a repeat. */
final class SlackNotifier implements Notifier {
  // A bot changes the first message, answers, and answers anew where the thread is gone.
  private static final int MOST_CALLS = 3;

  private final Duration timeout;
  private final HttpSender http;
  private final SlackPost way;

  SlackNotifier(SlackOptions options, ComponentContext context) {
    this.timeout = options.timeout();
    this.http = new HttpSender(context, timeout);
    this.way =
        options
            .url()
            .<SlackPost>map(
                url -> new SlackWebhook(URI.create(url.reveal()), new SlackMessage(options), http))
            .orElseGet(() -> new SlackBot(options, context, http));
  }

  @Override
  public Delivery deliver(Notification notification) throws InterruptedException {
    return way.post(notification);
  }

  @Override
  public Duration timeout() {
    return timeout.multipliedBy(MOST_CALLS).plusSeconds(5);
  }

  @Override
  public void stop() {
    http.close();
  }
}
