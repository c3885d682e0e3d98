package io.modelvane.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The main class of a broker's own JVM. Arguments: the server properties file, the file with the
 * SCRAM users.
 */
final class BrokerMain {
  private BrokerMain() {}

  public static void main(String[] arguments) throws IOException {
    Watchdog.arm();
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(Path.of(arguments[0]))) {
      properties.load(in);
    }
    BrokerServer server = new BrokerServer(properties, Files.readAllLines(Path.of(arguments[1])));
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop-broker"));
    server.start();
  }
}
