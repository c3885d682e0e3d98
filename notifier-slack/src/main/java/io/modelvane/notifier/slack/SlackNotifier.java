package io.modelvane.notifier.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.Outcome;
import io.modelvane.toolkit.HttpSender;
import io.modelvane.toolkit.HttpSender.HttpRequest;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Posts by webhook, or as a bot with a thread per incident. Errors of webhooks:
 * https://api.slack.com/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks; the Web API
 * answers 200 with {@code "ok": false}.
 */
final class SlackNotifier implements Notifier {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> OPERATORS_TO_MEND =
      Set.of(
          "invalid_auth",
          "not_authed",
          "account_inactive",
          "token_revoked",
          "token_expired",
          "missing_scope",
          "channel_not_found",
          "not_in_channel",
          "is_archived",
          "invalid_token",
          "no_service",
          "no_team");
  private static final Set<String> PASSING =
      Set.of(
          "internal_error",
          "fatal_error",
          "service_unavailable",
          "request_timeout",
          "rollup_error");

  private final SlackOptions options;
  private final SlackMessage message;
  private final HttpSender http;

  SlackNotifier(SlackOptions options, ComponentContext context) {
    this.options = options;
    this.message = new SlackMessage(options);
    this.http = new HttpSender(context, options.timeout());
  }

  @Override
  public Delivery deliver(Notification notification) throws InterruptedException {
    ObjectNode body = message.of(notification);
    return options.url().isPresent()
        ? byWebhook(URI.create(options.url().get().reveal()), body)
        : asBot(notification, body);
  }

  private Delivery byWebhook(URI url, ObjectNode body) throws InterruptedException {
    return http.send(
        new HttpRequest("POST", url, Map.of(), "application/json", body.toString()),
        SlackNotifier::webhookOutcome);
  }

  private static Outcome webhookOutcome(int status, String answer, Outcome usual) {
    String word = answer.strip();
    if (OPERATORS_TO_MEND.contains(word)) {
      return new Outcome.Misconfigured("Slack refuses the webhook: " + word);
    }
    return usual;
  }

  private Delivery asBot(Notification notification, ObjectNode body) throws InterruptedException {
    body.put("channel", options.channel().orElseThrow());
    String thread = notification.receipt().get("ts");
    if (thread != null) {
      body.put("thread_ts", thread);
      body.put("reply_broadcast", true);
    }
    Map<String, String> headers =
        Map.of("Authorization", "Bearer " + options.token().orElseThrow().reveal());
    Delivery delivery =
        http.send(
            new HttpRequest(
                "POST",
                options.apiUrl().resolve("chat.postMessage"),
                headers,
                "application/json; charset=utf-8",
                body.toString()),
            SlackNotifier::botOutcome);
    return withThread(delivery, notification);
  }

  private static Outcome botOutcome(int status, String answer, Outcome usual) {
    if (status != 200) {
      return usual;
    }
    JsonNode json = json(answer);
    if (json.path("ok").asBoolean(false)) {
      return Outcome.DONE;
    }
    String error = json.path("error").asText("no answer in JSON");
    String reason = "Slack answers: " + error;
    if (error.equals("ratelimited")) {
      return new Outcome.Throttled(Duration.ofSeconds(30), reason);
    } else if (OPERATORS_TO_MEND.contains(error)) {
      return new Outcome.Misconfigured(reason);
    }
    return PASSING.contains(error) || json.isMissingNode()
        ? new Outcome.Retryable(reason)
        : Outcome.Rejected.of(reason);
  }

  private static Delivery withThread(Delivery delivery, Notification notification) {
    Map<String, String> receipt = new LinkedHashMap<>(notification.receipt());
    String ts = json(delivery.answer()).path("ts").asText("");
    if (!ts.isEmpty()) {
      receipt.putIfAbsent("ts", ts);
    }
    return new Delivery(delivery.outcome(), delivery.statusCode(), delivery.answer(), receipt);
  }

  private static JsonNode json(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return node == null ? JSON.missingNode() : node;
    } catch (JsonProcessingException notJson) {
      return JSON.missingNode();
    }
  }

  @Override
  public Duration timeout() {
    return options.timeout().plusSeconds(5);
  }

  @Override
  public void stop() {
    http.close();
  }
}
