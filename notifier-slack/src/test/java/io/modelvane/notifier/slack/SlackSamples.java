package io.modelvane.notifier.slack;

import io.modelvane.spi.Secret;
import io.modelvane.toolkit.MessageValues;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Options as the engine would bind them. */
final class SlackSamples {
  private static final URI API = URI.create("https://slack.com/api/");

  private SlackSamples() {}

  static SlackOptions webhook(String url, Duration timeout) {
    return new SlackOptions(
        Optional.of(Secret.of(url)),
        Optional.empty(),
        Optional.empty(),
        API,
        MessageValues.TITLE,
        MessageValues.TEXT,
        timeout);
  }

  static SlackOptions bot(URI api, Duration timeout) {
    return new SlackOptions(
        Optional.empty(),
        Optional.of(Secret.of(SlackApi.TOKEN)),
        Optional.of("#ml-alerts"),
        api,
        MessageValues.TITLE,
        MessageValues.TEXT,
        timeout);
  }

  static SlackOptions withTemplates(String title, String text) {
    SlackOptions like = webhook("http://localhost/x", Duration.ofSeconds(1));
    return new SlackOptions(
        like.url(), like.token(), like.channel(), API, title, text, like.timeout());
  }
}
