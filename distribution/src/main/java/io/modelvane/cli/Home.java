package io.modelvane.cli;

import java.nio.file.Path;

/** Where the distribution lies. */
final class Home {
  private Home() {}

  /** The folder above {@code bin/}; the launcher says where it is. */
  static Path path() {
    return Path.of(System.getProperty("modelvane.home", ".")).toAbsolutePath().normalize();
  }

  static Path plugins() {
    return path().resolve("plugins");
  }
}
