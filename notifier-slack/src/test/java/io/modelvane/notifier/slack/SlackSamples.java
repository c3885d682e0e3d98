package io.modelvane.notifier.slack;

import io.modelvane.spi.Secret;
import io.modelvane.toolkit.MessageValues;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Options as the engine would bind them, to be changed where a test cares. */
final class SlackSamples {
  Optional<String> url = Optional.empty();
  Optional<String> token = Optional.empty();
  Optional<String> channel = Optional.empty();
  URI api = URI.create("https://slack.com/api/");
  String title = MessageValues.TITLE;
  String text = MessageValues.TEXT;
  final Map<String, String> fields = new LinkedHashMap<>();
  Duration timeout = Duration.ofSeconds(10);

  static SlackSamples webhook(String url) {
    SlackSamples samples = new SlackSamples();
    samples.url = Optional.of(url);
    return samples;
  }

  static SlackSamples bot(URI api) {
    SlackSamples samples = new SlackSamples();
    samples.token = Optional.of(SlackApi.TOKEN);
    samples.channel = Optional.of("#ml-alerts");
    samples.api = api;
    return samples;
  }

  static SlackSamples withTemplates(String title, String text) {
    SlackSamples samples = webhook("http://localhost/x");
    samples.title = title;
    samples.text = text;
    return samples;
  }

  SlackSamples within(Duration limit) {
    timeout = limit;
    return this;
  }

  SlackOptions options() {
    return new SlackOptions(
        url.map(Secret::of), token.map(Secret::of), channel, api, title, text, fields, timeout);
  }
}
