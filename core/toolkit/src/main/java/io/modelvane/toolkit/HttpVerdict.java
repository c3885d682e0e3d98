package io.modelvane.toolkit;

import io.modelvane.spi.Outcome;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What status codes and broken connections mean with most services. */
final class HttpVerdict {
  private static final int MOST_WORDS = 300;

  private final String host;
  private final Duration timeout;

  HttpVerdict(String host, Duration timeout) {
    this.host = host;
    this.timeout = timeout;
  }

  /** The meaning of an answer; {@code body} is free of secrets. */
  Outcome of(int status, String body, @Nullable String retryAfter, Clock clock) {
    String words = firstLine(body);
    String reason = host + " answers " + status + (words.isEmpty() ? "" : ": " + words);
    if (status >= 200 && status < 300) {
      return Outcome.DONE;
    } else if (status < 400) {
      return new Outcome.Misconfigured(reason + "; it points elsewhere, correct the URL");
    }
    return switch (status) {
      case 401, 403, 407 -> new Outcome.Misconfigured(reason + "; check the login or the key");
      case 404, 405, 410 -> new Outcome.Misconfigured(reason + "; check the URL");
      case 429 -> new Outcome.Throttled(RetryAfter.of(retryAfter, clock), reason);
      case 408, 425 -> new Outcome.Retryable(reason);
      case 502, 503, 504 ->
          retryAfter == null
              ? new Outcome.Retryable(reason)
              : new Outcome.Throttled(RetryAfter.of(retryAfter, clock), reason);
      default -> status >= 500 ? new Outcome.Retryable(reason) : Outcome.Rejected.of(reason);
    };
  }

  /** The meaning of no answer; {@code words} are those of the failure, free of secrets. */
  Outcome of(IOException failure, String words) {
    if (failure instanceof InterruptedIOException) {
      return late();
    } else if (failure instanceof SSLException && !wasCut(failure)) {
      return new Outcome.Misconfigured(
          "TLS with " + host + " failed; check the URL and the certificate: " + words);
    } else if (failure instanceof UnknownHostException) {
      return new Outcome.Retryable(
          host + " is a name that nobody knows; check the URL and the name server");
    } else if (failure instanceof ProtocolException) {
      return new Outcome.Retryable(
          host + " does not answer as HTTP does; check the URL and its port: " + words);
    }
    return new Outcome.Retryable(
        host + " cannot be reached; check the URL and the network: " + words);
  }

  /** The meaning of a call that took too long. */
  Outcome late() {
    return new Outcome.Retryable(host + " has not answered within " + limit());
  }

  private String limit() {
    long millis = timeout.toMillis();
    return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
  }

  /** A handshake that broke off says nothing of the configuration. */
  private static boolean wasCut(Throwable failure) {
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof EOFException || at instanceof SocketException) {
        return true;
      }
    }
    return false;
  }

  private static String firstLine(String body) {
    String line = body.strip().lines().findFirst().orElse("");
    return MessageValues.cut(Texts.clean(line), MOST_WORDS);
  }
}
