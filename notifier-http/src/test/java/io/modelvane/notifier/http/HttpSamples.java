package io.modelvane.notifier.http;

import io.modelvane.spi.Secret;
import io.modelvane.toolkit.MessageValues;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options as the engine would bind them, to be changed where a test cares. */
final class HttpSamples {
  static final String SIGNING = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  String url = "https://hooks.example.com/modelvane";
  HttpOptions.Method method = HttpOptions.Method.POST;
  final Map<String, Secret> headers = new LinkedHashMap<>();
  Optional<Secret> bearer = Optional.empty();
  Optional<String> username = Optional.empty();
  Optional<Secret> password = Optional.empty();
  List<Secret> signing = List.of();
  Optional<HttpOptions.Format> format = Optional.empty();
  Optional<String> body = Optional.empty();
  Optional<String> contentType = Optional.empty();
  String title = MessageValues.TITLE;
  String text = MessageValues.TEXT;
  final Map<String, String> fields = new LinkedHashMap<>();
  Optional<Boolean> dropsRepeats = Optional.empty();
  Duration timeout = Duration.ofSeconds(10);

  static HttpSamples to(URI url) {
    HttpSamples samples = new HttpSamples();
    samples.url = url.toString();
    return samples;
  }

  HttpSamples header(String name, String value) {
    headers.put(name, Secret.of(value));
    return this;
  }

  HttpSamples format(HttpOptions.Format asked) {
    format = Optional.of(asked);
    return this;
  }

  HttpSamples custom(String contentType, String body) {
    this.contentType = Optional.of(contentType);
    this.body = Optional.of(body);
    return this;
  }

  HttpOptions options() {
    return new HttpOptions(
        Secret.of(url),
        method,
        headers,
        bearer,
        username,
        password,
        signing,
        format,
        body,
        contentType,
        title,
        text,
        fields,
        dropsRepeats,
        timeout);
  }
}
