package com.example.ntfy;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/** Publishes a notification: one attempt, and a word on what came of it. */
final class NtfyNotifier implements Notifier {
  private final NtfyOptions options;
  private final ComponentContext context;
  private final NtfyMessage message;
  private volatile HttpClient client; // null unless started

  NtfyNotifier(NtfyOptions options, ComponentContext context) {
    this.options = options;
    this.context = context;
    this.message = new NtfyMessage(options);
  }

  @Override
  public void start() {
    client =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .executor(context.executor()) // threads that end with this component
            .build();
  }

  @Override
  public void stop() {
    client = null;
  }

  @Override
  public Delivery deliver(Notification notification) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(options.url())
            .timeout(Duration.ofSeconds(10))
            .POST(HttpRequest.BodyPublishers.ofString(message.json(notification)));
    options.token().ifPresent(t -> request.header("Authorization", "Bearer " + t.reveal()));
    try {
      return judge(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (ConnectException refused) { // nothing was sent: the next attempt is no repeat
      return Delivery.notSent(new Outcome.Retryable(server() + " cannot be reached"));
    } catch (IOException failed) {
      return Delivery.failed(
          new Outcome.Retryable(server() + " cannot be reached: " + failed.getMessage()));
    }
  }

  private Delivery judge(HttpResponse<String> response) {
    String answer = context.redact(response.body());
    return new Delivery(
        outcome(response), OptionalInt.of(response.statusCode()), answer, Map.of());
  }

  /** Says what an answer means; the engine decides what to do about it. */
  private Outcome outcome(HttpResponse<String> response) {
    int status = response.statusCode();
    String reason = server() + " answers " + status;
    if (status >= 200 && status < 300) {
      return Outcome.DONE;
    } else if (status == 401 || status == 403) {
      return new Outcome.Misconfigured(reason + "; check 'token' and its right to write the topic");
    } else if (status == 404) {
      return new Outcome.Misconfigured(reason + "; check 'url'");
    } else if (status == 429) {
      return new Outcome.Throttled(pause(response), reason + ": too many messages");
    } else if (status >= 500) {
      return new Outcome.Retryable(reason);
    }
    return Outcome.Rejected.of(reason + ": " + context.redact(response.body()));
  }

  private static Duration pause(HttpResponse<String> response) {
    String seconds = response.headers().firstValue("Retry-After").orElse("");
    return seconds.matches("\\d{1,6}")
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : Duration.ofMinutes(1);
  }

  /** Without path and query, which may hold secrets. */
  private String server() {
    return "ntfy at " + options.url().getHost();
  }
}
