package io.modelvane.notifier.pagerduty;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.Outcome;
import io.modelvane.toolkit.HttpAnswer;
import io.modelvane.toolkit.HttpRequest;
import io.modelvane.toolkit.HttpSender;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Sends events to the Events API v2. The receiver itself drops repeats of alerts, by dedup key;
 * changes have none.
 */
final class PagerDutyNotifier implements Notifier {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Outcome WRONG_KEY =
      new Outcome.Misconfigured("PagerDuty refuses the routing key; check 'routing_key'");

  // A trigger would page somebody because all is well.
  private static final Outcome NOTHING_WRONG =
      Outcome.Rejected.of(
          "PagerDuty keeps what is wrong, and nothing is; give a heartbeat to an endpoint that"
              + " misses it");

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
    if (notification.incident().level() == Level.OK
        && notification.step() != IncidentStep.RESOLVED) {
      return Delivery.notSent(NOTHING_WRONG);
    } else if (!options.changes().contains(notification.incident().check())) {
      return send(options.alerts(), event.alert(notification));
    } else if (notification.step() == IncidentStep.OPENED) {
      return send(options.changeEvents(), event.change(notification));
    }
    return new Delivery(
        Outcome.DONE, OptionalInt.empty(), "a change is told once, when it begins", Map.of());
  }

  private Delivery send(URI url, String body) throws InterruptedException {
    HttpAnswer answer = http.send(HttpRequest.json(url, Map.of(), body));
    return answer.as(refusesKey(answer) ? WRONG_KEY : answer.usual());
  }

  /** A wrong routing key is told like an invalid event: 400, and a list of errors. */
  private static boolean refusesKey(HttpAnswer answer) {
    if (!answer.is(400)) {
      return false;
    }
    try {
      JsonNode told = JSON.readTree(answer.body());
      String errors = told.path("errors").toString() + told.path("message").asText();
      return errors.toLowerCase(Locale.ROOT).replace('_', ' ').contains("routing key");
    } catch (JsonProcessingException notJson) {
      return false;
    }
  }

  @Override
  public Duration timeout() {
    return options.timeout().plusSeconds(5);
  }

  @Override
  public boolean receiverDropsRepeats() {
    return options.changes().isEmpty();
  }

  @Override
  public void stop() {
    http.close();
  }
}
