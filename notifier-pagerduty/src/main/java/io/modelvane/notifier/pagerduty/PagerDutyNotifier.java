package io.modelvane.notifier.pagerduty;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.Outcome;
import io.modelvane.toolkit.HttpSender;
import io.modelvane.toolkit.HttpSender.HttpRequest;
import java.time.Duration;
import java.util.Map;

/** Sends events to the Events API v2. The receiver itself drops repeats, by dedup key. */
final class PagerDutyNotifier implements Notifier {
  private final PagerDutyOptions options;
  private final PagerDutyEvent event;
  private final HttpSender http;

  PagerDutyNotifier(PagerDutyOptions options, ComponentContext context) {
    this.options = options;
    this.event = new PagerDutyEvent(options);
    this.http = new HttpSender(context, options.timeout());
  }

  @Override
  public Delivery deliver(Notification notification) throws InterruptedException {
    return http.send(
        new HttpRequest(
            "POST", options.url(), Map.of(), "application/json", event.of(notification)),
        PagerDutyNotifier::outcome);
  }

  /** 400 means that the event is invalid; an unknown routing key is told the same way. */
  private static Outcome outcome(int status, String answer, Outcome usual) {
    boolean key = answer.toLowerCase(java.util.Locale.ROOT).contains("routing");
    return status == 400 && key
        ? new Outcome.Misconfigured("PagerDuty refuses the routing key; check 'routing_key'")
        : usual;
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
