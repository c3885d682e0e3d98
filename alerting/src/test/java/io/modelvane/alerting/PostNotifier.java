package io.modelvane.alerting;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Posts what matters of a notification to a server, with the client that a new process has ready
 * soonest.
 */
final class PostNotifier implements Notifier {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI url;
  private final boolean dropsRepeats;

  PostNotifier(URI url, boolean dropsRepeats) {
    this.url = url;
    this.dropsRepeats = dropsRepeats;
  }

  @Override
  public boolean receiverDropsRepeats() {
    return dropsRepeats;
  }

  @Override
  public Delivery deliver(Notification notification) {
    try {
      HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body(notification).getBytes(StandardCharsets.UTF_8));
      }
      int status = connection.getResponseCode();
      return status == HttpURLConnection.HTTP_NO_CONTENT
          ? new Delivery(Outcome.DONE, OptionalInt.of(status), "", Map.of())
          : Delivery.failed(new Outcome.Retryable("status " + status));
    } catch (IOException away) {
      return Delivery.failed(new Outcome.Retryable(String.valueOf(away)));
    }
  }

  private static String body(Notification notification) {
    ObjectNode body = JSON.createObjectNode();
    body.put("at", CasesTest.shown(notification.at()));
    body.put("step", notification.step().name());
    body.put("level", notification.incident().level().text());
    body.put("from", notification.previous().text());
    body.put("rule", notification.rule());
    body.put("check", notification.incident().check());
    body.put("series", notification.incident().series().head());
    body.put("message", notification.status().message());
    body.put("members", notification.members().size());
    body.put("breaches", notification.incident().breaches());
    body.put("since", CasesTest.shown(notification.incident().since()));
    body.put("incident", notification.incident().id());
    body.put("id", notification.id());
    body.put("repeat", notification.possibleRepeat());
    return body.toString();
  }
}
