package io.modelvane.notifier.http;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notifier;
import io.modelvane.toolkit.HttpSender;
import io.modelvane.toolkit.HttpSender.HttpRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Calls a webhook; every attempt at one notification carries the same {@code webhook-id}. */
final class HttpNotifier implements Notifier {
  private final HttpOptions options;
  private final ComponentContext context;
  private final HttpBody body;
  private final HttpSender http;

  HttpNotifier(HttpOptions options, ComponentContext context) {
    this.options = options;
    this.context = context;
    this.body = new HttpBody(options);
    this.http = new HttpSender(context, options.timeout());
  }

  @Override
  public Delivery deliver(Notification notification) throws InterruptedException {
    String text = body.of(notification);
    return http.send(
        new HttpRequest(
            options.method().name(),
            URI.create(options.url().reveal()),
            headers(notification, text),
            options.contentType(),
            text));
  }

  private Map<String, String> headers(Notification notification, String text) {
    Map<String, String> headers = new LinkedHashMap<>();
    long seconds = context.clock().instant().getEpochSecond();
    headers.put("webhook-id", notification.id());
    headers.put("webhook-timestamp", Long.toString(seconds));
    headers.put("Idempotency-Key", notification.id());
    options
        .signingSecret()
        .ifPresent(
            secret ->
                headers.put(
                    "webhook-signature",
                    Signature.of(secret.reveal(), notification.id(), seconds, text)));
    options.bearerToken().ifPresent(t -> headers.put("Authorization", "Bearer " + t.reveal()));
    if (options.username().isPresent() && options.password().isPresent()) {
      String login = options.username().get() + ":" + options.password().get().reveal();
      headers.put(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }
    options.headers().forEach((name, value) -> headers.put(name, value.reveal()));
    return headers;
  }

  @Override
  public Duration timeout() {
    return options.timeout().plusSeconds(5);
  }

  @Override
  public boolean receiverDropsRepeats() {
    return true;
  }

  @Override
  public void stop() {
    http.close();
  }
}
