package io.modelvane.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A broker in a JVM of its own. */
final class BrokerChild implements BrokerForm {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final List<String> OPTIONS =
      List.of(
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Dlogback.configurationFile=io/modelvane/demo/child-logback.xml");

  private final Path folder;
  private final Properties properties;
  private final List<String> scramArguments;
  private @Nullable ChildProcess process;

  BrokerChild(Path folder, Properties properties, List<String> scramArguments) {
    this.folder = folder;
    this.properties = properties;
    this.scramArguments = List.copyOf(scramArguments);
  }

  @Override
  public void start() {
    Path settings = folder.resolve("server.properties");
    Path users = folder.resolve("scram-users");
    try {
      Files.createDirectories(folder);
      try (var out = Files.newBufferedWriter(settings)) {
        properties.store(out, null);
      }
      Files.write(users, scramArguments);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write the broker's settings to " + folder, failure);
    }
    process =
        ChildProcess.start(
            "kafka",
            new ChildProcess.JavaCommand(
                OPTIONS, BrokerMain.class, List.of(settings.toString(), users.toString())),
            Map.of(),
            folder.resolve("broker.log"));
  }

  @Override
  public void stop() {
    if (process != null) {
      process.stop(PATIENCE);
      process = null;
    }
  }

  @Override
  public void kill() {
    if (process != null) {
      process.kill();
      process = null;
    }
  }

  @Override
  public String lastWords() {
    return process == null ? "it does not run" : process.lastWords();
  }

  @Override
  public boolean isRunning() {
    return process != null && process.isAlive();
  }
}
