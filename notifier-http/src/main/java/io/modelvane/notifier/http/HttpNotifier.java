package io.modelvane.notifier.http;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notifier;
import io.modelvane.toolkit.HttpRequest;
import io.modelvane.toolkit.HttpSender;
import java.net.URI;
import java.time.Duration;

/** Calls a webhook; every attempt at one notification carries the same {@code webhook-id}. */
final class HttpNotifier implements Notifier {
  private static final int CONCURRENCY = 4;

  private final HttpOptions options;
  private final URI url;
  private final ComponentContext context;
  private final HttpBody body;
  private final HttpHeaders headers;
  private final HttpSender http;

  HttpNotifier(HttpOptions options, ComponentContext context) {
    this.options = options;
    this.context = context;
    this.body = HttpBody.of(options, context);
    this.headers = new HttpHeaders(options);
    this.url = URI.create(options.url().reveal());
    this.http = new HttpSender(context, options.timeout(), url);
  }

  @Override
  public Delivery deliver(Notification notification) throws InterruptedException {
    String text = body.of(notification);
    long seconds = context.clock().instant().getEpochSecond();
    return http.send(
            new HttpRequest(
                options.method().name(),
                url,
                headers.of(notification, seconds, text),
                options.bodyType(),
                text))
        .asUsual();
  }

  @Override
  public Duration timeout() {
    return options.timeout().plusSeconds(5);
  }

  @Override
  public int concurrency() {
    return CONCURRENCY;
  }

  @Override
  public boolean receiverDropsRepeats() {
    return options.repeatsAreDropped();
  }

  /**
   * Alertmanager's receivers keep an alert until it is resolved, and a row of InfluxDB's has room
   * for one incident.
   */
  @Override
  public boolean receiverKeepsIncidents() {
    return options.bodyFormat() == HttpOptions.Format.ALERTMANAGER
        || options.bodyFormat() == HttpOptions.Format.INFLUXDB;
  }

  @Override
  public void stop() {
    http.close();
  }
}
