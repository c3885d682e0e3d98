package io.modelvane.faults;

import java.io.IOException;
import java.nio.file.Files;

/** Names of hosts that only the product's own JVM knows, or does not know: DNS in a file. */
final class Hosts {
  /** The name of the broker or the store. */
  static final String NAME = "elsewhere.test";

  /** Looks names up in a file, and remembers nothing for longer than a second. */
  static final String OPTIONS =
      "-Djdk.net.hosts.file=@folder@/hosts -Dsun.net.inetaddr.ttl=1"
          + " -Dsun.net.inetaddr.negative.ttl=1";

  private Hosts() {}

  /** The name is not known from now on. */
  static void forget(Stage stage) throws IOException {
    write(stage, "");
  }

  /** The name is known from now on. */
  static void learn(Stage stage) throws IOException {
    write(stage, "127.0.0.1 " + NAME + "\n");
  }

  private static void write(Stage stage, String more) throws IOException {
    Files.writeString(stage.folder().resolve("hosts"), "127.0.0.1 localhost\n" + more);
  }
}
