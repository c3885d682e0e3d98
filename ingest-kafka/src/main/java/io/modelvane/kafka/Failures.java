package io.modelvane.kafka;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Turns exceptions of kafka-clients into words and a class. */
final class Failures {
  /** What TLS says (in part), and what that means. */
  private static final Map<String, String> TLS_WORDS =
      Map.of(
          "PKIX path",
              "its certificate is not signed by an authority that is trusted; check tls ca",
          "No subject alternative",
              "its certificate is for another name; use the name in the certificate",
          "No name matching", "its certificate is for another name; use the name in it",
          "plaintext connection", "it does not speak TLS; take out tls, or use its TLS port",
          "bad_certificate", "it wants a client certificate; check tls certificate and key",
          "certificate_required", "it wants a client certificate; check tls certificate and key",
          "certificate_unknown", "it does not trust our certificate; check tls certificate");

  private Failures() {}

  /** Whether it may pass by itself, with the client that met it. */
  static boolean passes(KafkaException failure) {
    return root(failure) instanceof RetriableException;
  }

  static ComponentException explain(Throwable failure, ConnectionOptions connection) {
    Throwable cause = root(failure);
    return new ComponentException(
        kind(cause), connection.redact(words(failure, cause, connection.brokers())), failure);
  }

  private static Outcome.Kind kind(Throwable cause) {
    if (cause instanceof FencedInstanceIdException) {
      return Outcome.Kind.FATAL;
    }
    boolean configuration =
        cause instanceof AuthenticationException
            || cause instanceof AuthorizationException
            || cause instanceof ConfigException
            || cause instanceof InvalidTopicException
            || cause instanceof InvalidGroupIdException
            || cause instanceof InconsistentGroupProtocolException
            || cause instanceof UnsupportedVersionException
            || isToken(cause)
            || isFile(cause);
    return configuration ? Outcome.Kind.MISCONFIGURED : Outcome.Kind.RETRYABLE;
  }

  private static String words(Throwable failure, Throwable cause, String brokers) {
    if (cause instanceof SaslAuthenticationException) {
      return "the brokers %s refuse the login; check sasl username, password and mechanism"
          .formatted(brokers);
    } else if (cause instanceof SslAuthenticationException) {
      return "TLS with %s failed: %s".formatted(brokers, tlsWords(cause));
    } else if (cause instanceof AuthenticationException) {
      return "authentication with %s failed: %s".formatted(brokers, firstLine(cause));
    } else if (cause instanceof AuthorizationException) {
      return ("not authorised at %s: %s; grant READ on the topics and the group, or WRITE on the"
              + " topic for dead letters")
          .formatted(brokers, firstLine(cause));
    } else if (cause instanceof FencedInstanceIdException) {
      return "another process has this member's place in the group; give each launcher its own"
          + " group_instance_id, or its own data folder";
    } else if (cause instanceof UnreleasedInstanceIdException) {
      return "the group still waits for an earlier process with the same group_instance_id; reading"
          + " goes on when its session has expired";
    } else if (cause instanceof InconsistentGroupProtocolException) {
      return "other members of the group use another protocol or assignor; give this pipeline its"
          + " own group_id, or stop them";
    } else if (cause instanceof CorruptRecordException) {
      return ("a message cannot be read: %s (%s); if the log is damaged for good, stop the pipeline"
              + " and set the group's position behind it")
          .formatted(firstLine(failure), firstLine(cause));
    } else if (isToken(cause)) {
      return "the token endpoint refuses the login; check sasl token_url, username, password and scope"
          + " (%s)".formatted(firstLine(deepest(cause)));
    } else if (isFile(cause)) {
      return fileWords(cause);
    } else if (cause instanceof ConfigException) {
      return firstLine(cause);
    }
    return "Kafka at " + brokers + ": " + firstLine(cause);
  }

  /** Kafka's own class for it is not public, but its words are plain. */
  private static boolean isToken(Throwable cause) {
    String text = firstLine(deepest(cause));
    return text.contains("token endpoint") && text.contains("will not attempt further retries");
  }

  private static boolean isFile(Throwable cause) {
    return cause instanceof UncheckedIOException
        || deepest(cause) instanceof NoSuchFileException
        || firstLine(cause).startsWith("Failed to load");
  }

  private static String fileWords(Throwable cause) {
    Throwable deepest = deepest(cause);
    String why =
        deepest instanceof NoSuchFileException ? "there is no such file" : firstLine(deepest);
    return "%s: %s; check the files and passwords under tls".formatted(firstLine(cause), why);
  }

  private static Throwable root(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && (cause instanceof ExecutionException || isWrapper(cause))) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static boolean isWrapper(Throwable failure) {
    return failure.getClass() == KafkaException.class
        && !firstLine(failure).startsWith("Failed to load");
  }

  private static String tlsWords(Throwable cause) {
    String text = firstLine(deepest(cause));
    return TLS_WORDS.entrySet().stream()
        .filter(entry -> text.contains(entry.getKey()))
        .map(entry -> entry.getValue() + " (" + text + ")")
        .findFirst()
        .orElse(text + "; check tls ca, certificate and key");
  }

  private static Throwable deepest(Throwable cause) {
    Throwable deepest = cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest;
  }

  private static String firstLine(Throwable failure) {
    String text = String.valueOf(failure.getMessage());
    return text.lines().findFirst().orElse(failure.getClass().getSimpleName());
  }
}
