package io.modelvane.toolkit;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Outcome;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.OptionalInt;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Makes one HTTP attempt and classifies what came of it. Follows no redirect (a POST would become a
 * GET), retries nothing, and never names more of the URL than its host. An interrupt ends the call.
 */
public final class HttpSender implements AutoCloseable {
  private static final Duration UNSAID = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final long MOST_OF_AN_ANSWER = 8_192;

  private final OkHttpClient client;
  private final ComponentContext context;

  /**
   * A sender.
   *
   * @param timeout of a whole call
   */
  public HttpSender(ComponentContext context, Duration timeout) {
    this.context = context;
    this.client =
        new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .callTimeout(timeout)
            .connectTimeout(timeout)
            .readTimeout(timeout)
            .writeTimeout(timeout)
            .build();
  }

  /** A request. Headers are sent as they are; the body is UTF-8 text. */
  public record HttpRequest(
      String method, URI url, Map<String, String> headers, String contentType, String body) {
    /** Copies the headers. */
    public HttpRequest {
      headers = Map.copyOf(headers);
    }
  }

  /** Turns an answer that arrived into an outcome. */
  @FunctionalInterface
  public interface Classifier {
    /**
     * Classifies.
     *
     * @param status the HTTP status
     * @param answer the beginning of the body, secrets masked
     * @param usual what {@link HttpSender} would say
     */
    Outcome classify(int status, String answer, Outcome usual);
  }

  /** One attempt, classified as usual. */
  public Delivery send(HttpRequest request) throws InterruptedException {
    return send(request, (status, answer, usual) -> usual);
  }

  /** One attempt. */
  public Delivery send(HttpRequest request, Classifier classifier) throws InterruptedException {
    Call call;
    try {
      call = client.newCall(build(request));
    } catch (IllegalArgumentException refused) {
      return Delivery.failed(
          new Outcome.Misconfigured(host(request) + ": a header or the URL cannot be sent"));
    }
    try (Response response = call.execute()) {
      String answer = context.redact(read(response));
      Outcome usual = classify(response, answer, request);
      return new Delivery(
          classifier.classify(response.code(), answer, usual),
          OptionalInt.of(response.code()),
          answer,
          Map.of());
    } catch (InterruptedIOException stopped) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return Delivery.failed(new Outcome.Retryable(host(request) + " does not answer in time"));
    } catch (SSLException tls) {
      return Delivery.failed(
          new Outcome.Misconfigured(
              "TLS with " + host(request) + " failed: " + context.redact(words(tls))));
    } catch (IOException failed) {
      return Delivery.failed(
          new Outcome.Retryable(
              host(request) + " cannot be reached: " + context.redact(words(failed))));
    }
  }

  private static Request build(HttpRequest request) {
    MediaType type = MediaType.get(request.contentType());
    Request.Builder builder =
        new Request.Builder()
            .url(request.url().toString())
            .method(request.method(), RequestBody.create(request.body(), type))
            .header("User-Agent", "Modelvane");
    request.headers().forEach(builder::header);
    return builder.build();
  }

  private static String read(Response response) throws IOException {
    return response.peekBody(MOST_OF_AN_ANSWER).string();
  }

  private Outcome classify(Response response, String answer, HttpRequest request) {
    int status = response.code();
    String reason =
        "%s answers %d%s"
            .formatted(host(request), status, answer.isBlank() ? "" : ": " + first(answer));
    if (status >= 200 && status < 300) {
      return Outcome.DONE;
    } else if (status < 400) {
      return new Outcome.Misconfigured(reason + "; it points elsewhere, correct the URL");
    }
    return switch (status) {
      case 401, 403, 404, 405, 407, 410 -> new Outcome.Misconfigured(reason);
      case 429 -> new Outcome.Throttled(pause(response, context.clock(), UNSAID), reason);
      case 408, 425 -> new Outcome.Retryable(reason);
      case 502, 503, 504 ->
          response.header("Retry-After") == null
              ? new Outcome.Retryable(reason)
              : new Outcome.Throttled(pause(response, context.clock(), UNSAID), reason);
      default -> status >= 500 ? new Outcome.Retryable(reason) : Outcome.Rejected.of(reason);
    };
  }

  /** {@code Retry-After}: seconds or a date (RFC 9110, 10.2.3), at most an hour. */
  private static Duration pause(Response response, Clock clock, Duration unsaid) {
    @Nullable String text = response.header("Retry-After");
    if (text == null) {
      return unsaid;
    }
    Duration pause = unsaid;
    if (text.strip().matches("\\d{1,9}")) {
      pause = Duration.ofSeconds(Long.parseLong(text.strip()));
    } else {
      try {
        pause =
            Duration.between(
                clock.instant(),
                ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
      } catch (DateTimeException garbage) {
        return unsaid;
      }
    }
    if (pause.isNegative()) {
      return Duration.ZERO;
    }
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }

  private static String host(HttpRequest request) {
    return String.valueOf(request.url().getHost());
  }

  private static String first(String answer) {
    String line = answer.strip().lines().findFirst().orElse("");
    return MessageValues.cut(line, 300);
  }

  private static String words(IOException failure) {
    return failure.getClass().getSimpleName() + " " + failure.getMessage();
  }

  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
