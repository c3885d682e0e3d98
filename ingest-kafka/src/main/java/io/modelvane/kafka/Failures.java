package io.modelvane.kafka;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Turns exceptions of kafka-clients into words and a class. */
final class Failures {
  private Failures() {}

  static ComponentException explain(Throwable failure, ConnectionOptions connection) {
    Throwable cause = root(failure);
    String brokers = connection.brokers();
    if (cause instanceof SaslAuthenticationException) {
      return misconfigured(
          "the brokers "
              + brokers
              + " refuse the login; check sasl username, password and mechanism",
          failure);
    } else if (cause instanceof SslAuthenticationException) {
      return misconfigured(
          "TLS with %s failed (%s); check tls ca, certificate and key"
              .formatted(brokers, firstLine(tlsWords(cause))),
          failure);
    } else if (cause instanceof AuthenticationException) {
      return misconfigured(
          "authentication with " + brokers + " failed: " + firstLine(cause), failure);
    } else if (cause instanceof AuthorizationException) {
      return misconfigured(
          "not authorised at %s: %s; grant READ on the topic and on the group"
              .formatted(brokers, firstLine(cause)),
          failure);
    } else if (cause instanceof FencedInstanceIdException) {
      return misconfigured(
          "another launcher uses the same group_instance_id; give each its own", failure);
    } else if (cause instanceof ConfigException
        || cause instanceof InvalidTopicException
        || cause instanceof UnsupportedVersionException) {
      return misconfigured(firstLine(cause), failure);
    }
    return new ComponentException(
        Outcome.Kind.RETRYABLE, "Kafka at " + brokers + ": " + firstLine(cause), failure);
  }

  private static ComponentException misconfigured(String message, Throwable cause) {
    return new ComponentException(Outcome.Kind.MISCONFIGURED, message, cause);
  }

  private static Throwable root(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && (cause instanceof java.util.concurrent.ExecutionException
            || cause.getClass() == KafkaException.class)) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static Throwable tlsWords(Throwable cause) {
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
