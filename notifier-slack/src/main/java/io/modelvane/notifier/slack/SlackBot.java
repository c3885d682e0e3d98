package io.modelvane.notifier.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Outcome;
import io.modelvane.toolkit.HttpAnswer;
import io.modelvane.toolkit.HttpRequest;
import io.modelvane.toolkit.HttpSender;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Posts as a bot. The first notification of an incident begins a thread; a later one changes the
 * first message to how things stand now, then answers in the thread. The change comes first because
 * it can be repeated without harm when the answer has to be tried again.
 */
final class SlackBot implements SlackPost {
  private final String token;
  private final String channel;
  private final URI api;
  private final SlackMessage message;
  private final HttpSender http;
  private final System.Logger logger;

  SlackBot(SlackOptions options, ComponentContext context, HttpSender http) {
    this.token = options.token().orElseThrow().reveal();
    this.channel = options.channel().orElseThrow();
    String base = options.apiUrl().toString();
    this.api = URI.create(base.endsWith("/") ? base : base + "/");
    this.message = new SlackMessage(options);
    this.http = http;
    this.logger = context.logger();
  }

  @Override
  public Delivery post(Notification notification) throws InterruptedException {
    Optional<Delivery> later = recolour(notification);
    if (later.isPresent()) {
      return later.get();
    }
    @Nullable String thread = notification.receipt().get("ts");
    HttpAnswer answer = answer(notification, thread);
    if (thread != null && SlackErrors.isOfThread(SlackAnswer.of(answer.body()).error())) {
      thread = null; // somebody has deleted or locked it: begin anew
      answer = answer(notification, null);
    }
    return answer.as(outcome(answer), receipt(notification, thread, answer));
  }

  /** Changes the first message; the delivery to end with when that has to be tried again. */
  private Optional<Delivery> recolour(Notification notification) throws InterruptedException {
    @Nullable String ts = notification.receipt().get("ts");
    @Nullable String where = notification.receipt().get("channel");
    if (ts == null || where == null || notification.step() == IncidentStep.REPEATED) {
      return Optional.empty();
    }
    ObjectNode body = message.of(notification).put("channel", where).put("ts", ts);
    HttpAnswer answer = call("chat.update", body);
    Outcome outcome = outcome(answer);
    return switch (outcome.kind()) {
      case DONE -> Optional.empty();
      case RETRYABLE, THROTTLED -> Optional.of(answer.as(outcome, notification.receipt()));
      case REJECTED, MISCONFIGURED, FATAL -> {
        logger.log(
            System.Logger.Level.WARNING,
            "the first message of incident {0} keeps its colour: {1}",
            notification.incident().id(),
            outcome.reason());
        yield Optional.empty();
      }
    };
  }

  private HttpAnswer answer(Notification notification, @Nullable String thread)
      throws InterruptedException {
    ObjectNode body = message.of(notification).put("channel", channel);
    if (thread != null) {
      String where = notification.receipt().getOrDefault("channel", channel);
      body.put("channel", where).put("thread_ts", thread);
      body.put("reply_broadcast", isForAll(notification.step()));
    }
    return call("chat.postMessage", body);
  }

  /** Whether those who do not follow the thread shall see it. */
  private static boolean isForAll(IncidentStep step) {
    return switch (step) {
      case WORSENED, RESOLVED -> true;
      case OPENED, IMPROVED, REPEATED, ACKNOWLEDGED -> false;
    };
  }

  private HttpAnswer call(String method, ObjectNode body) throws InterruptedException {
    return http.send(
        new HttpRequest(
            "POST",
            api.resolve(method),
            Map.of("Authorization", "Bearer " + token),
            "application/json; charset=utf-8",
            body.toString()));
  }

  /** The Web API answers 200 to what it refuses. */
  private static Outcome outcome(HttpAnswer answer) {
    SlackAnswer words = SlackAnswer.of(answer.body());
    if (!answer.is(200) || words.isOk()) {
      return answer.usual();
    }
    return words.error().isEmpty()
        ? new Outcome.Retryable("Slack's answer cannot be read; is 'api_url' right?")
        : SlackErrors.outcome(words.error());
  }

  private static Map<String, String> receipt(
      Notification notification, @Nullable String thread, HttpAnswer answer) {
    SlackAnswer words = SlackAnswer.of(answer.body());
    if (thread != null || words.get("ts").isEmpty()) {
      return notification.receipt();
    }
    Map<String, String> receipt = new HashMap<>();
    receipt.put("ts", words.get("ts"));
    if (!words.get("channel").isEmpty()) {
      receipt.put("channel", words.get("channel"));
    }
    return receipt;
  }
}
