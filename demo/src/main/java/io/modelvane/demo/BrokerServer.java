package io.modelvane.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's own server object. These classes are no public API of Kafka: they are used here only,
 * with a pinned version.
 */
final class BrokerServer implements BrokerForm {
  /** The same for all nodes that may ever meet; those of different folders never do. */
  private static final String CLUSTER = "modelvane-test-cluster";

  private final Properties properties;
  private final List<String> scramArguments;
  private volatile boolean running;
  private @Nullable KafkaRaftServer server;

  BrokerServer(Properties properties, List<String> scramArguments) {
    this.properties = properties;
    this.scramArguments = List.copyOf(scramArguments);
  }

  @Override
  public void start() {
    format();
    KafkaRaftServer starting = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    server = starting;
    starting.startup();
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
      server = null;
    }
  }

  @Override
  public void kill() {
    throw new UnsupportedOperationException(
        "a broker in this JVM cannot be killed; build it with KafkaBroker.inOwnProcess");
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public String lastWords() {
    return "its log is this JVM's";
  }

  /** Prepares an empty folder; a folder with data is left as it is. */
  private void format() {
    Path folder = Path.of(properties.getProperty("log.dirs"));
    if (Files.exists(folder.resolve("meta.properties"))) {
      return;
    }
    try {
      Files.createDirectories(folder);
      Formatter formatter =
          new Formatter()
              .setNodeId(Integer.parseInt(properties.getProperty("node.id")))
              .setClusterId(CLUSTER)
              .addDirectory(folder.toString())
              .setMetadataLogDirectory(folder.toString())
              .setControllerListenerName(BrokerSettings.CONTROLLER)
              .setPrintStream(
                  new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
      if (!scramArguments.isEmpty()) {
        formatter.setScramArguments(scramArguments);
      }
      formatter.run();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot prepare " + folder, failure);
    } catch (Exception failure) { // the signature of Formatter.run
      throw new IllegalStateException("cannot prepare " + folder, failure);
    }
  }
}
