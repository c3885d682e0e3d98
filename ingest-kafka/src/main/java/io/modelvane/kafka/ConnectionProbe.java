package io.modelvane.kafka;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * Finds out before the first poll why the brokers cannot be used. kafka-clients says no more than
 * "timed out" when nobody listens, when the other side speaks TLS and when it hangs: a plain
 * connection tells these apart.
 */
final class ConnectionProbe {
  private static final int CONNECT_MILLIS = 2_000;
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final ConnectionOptions connection;
  private final Duration patience;

  ConnectionProbe(ConnectionOptions connection) {
    this(connection, PATIENCE);
  }

  /**
   * A probe that waits for an answer so long, more than two seconds: what does not answer can be
   * told by nothing else.
   */
  ConnectionProbe(ConnectionOptions connection, Duration patience) {
    this.connection = connection;
    this.patience = patience;
  }

  /** Throws when none of the brokers can be used. */
  void check() throws ComponentException, InterruptedException {
    InetSocketAddress listener = someoneListens();
    Properties properties = new Properties();
    connection.apply(properties);
    properties.put("request.timeout.ms", String.valueOf(patience.toMillis() - 2000));
    properties.put("default.api.timeout.ms", String.valueOf(patience.toMillis() - 1000));
    properties.put("retries", "3");
    try {
      Admin admin = Admin.create(properties);
      try {
        admin.describeCluster().nodes().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } finally {
        admin.close(Duration.ofSeconds(1));
      }
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
        throw unanswered(listener, failed);
      }
      throw Failures.explain(failed, connection);
    } catch (TimeoutException silent) {
      throw unanswered(listener, silent);
    } catch (KafkaException | UncheckedIOException refused) {
      throw Failures.explain(refused, connection);
    }
  }

  private InetSocketAddress someoneListens() throws ComponentException {
    StringBuilder refused = new StringBuilder();
    for (String server : connection.bootstrapServers()) {
      int colon = server.lastIndexOf(':');
      String host = server.substring(0, colon).replaceAll("[\\[\\]]", "");
      try (Socket socket = new Socket()) {
        InetSocketAddress address =
            new InetSocketAddress(host, Integer.parseInt(server.substring(colon + 1)));
        if (address.isUnresolved()) {
          throw new IOException("unknown host");
        }
        socket.connect(address, CONNECT_MILLIS);
        return address;
      } catch (IOException unreachable) {
        refused.append(refused.isEmpty() ? "" : ", ").append(server).append(": ");
        refused.append(unreachable.getMessage());
      }
    }
    throw new ComponentException(
        Outcome.Kind.RETRYABLE,
        "no broker can be reached ("
            + refused
            + "); is Kafka running, and bootstrap_servers right?");
  }

  private ComponentException unanswered(InetSocketAddress listener, Exception cause) {
    boolean encrypted = connection.encrypted();
    String address = listener.getHostString() + ":" + listener.getPort();
    String words =
        switch (FirstWords.say(listener, encrypted)) {
          case NONE ->
              address
                  + " accepts connections and does not answer; does this broker hang, or is it"
                  + " overloaded?";
          case KAFKA ->
              "%s speaks Kafka, but did not answer within %d s; is it overloaded, or does it want sasl?"
                  .formatted(address, patience.toSeconds());
          case OTHER ->
              "somebody listens at %s but does not answer as Kafka %s TLS; %s"
                  .formatted(
                      connection.brokers(),
                      encrypted ? "with" : "without",
                      encrypted
                          ? "does this listener speak plain text?"
                          : "does this listener want tls or sasl?");
        };
    return new ComponentException(Outcome.Kind.RETRYABLE, words, cause);
  }
}
