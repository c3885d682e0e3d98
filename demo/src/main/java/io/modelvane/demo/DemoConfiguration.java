package io.modelvane.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The product's configuration for the demo: {@code demo.yaml} of our resources, filled in. */
final class DemoConfiguration {
  private DemoConfiguration() {}

  /** Writes the file. Values go in by the names that stand between at-signs in the template. */
  static void write(Path file, Map<String, String> values) {
    try {
      Files.writeString(file, fill(template(), values));
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write " + file, failure);
    }
  }

  /** Fills a template in; what it asks for must be given. */
  static String fill(String template, Map<String, String> values) {
    String text = template;
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("@" + value.getKey() + "@", quoted(value.getValue()));
    }
    if (text.matches("(?s).*@[a-z]+@.*")) {
      throw new IllegalArgumentException("not everything in the configuration was filled in");
    }
    return text;
  }

  /** As YAML writes it, in whole seconds or milliseconds. */
  static String duration(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }

  /** For a place between double quotes. */
  private static String quoted(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static String template() throws IOException {
    try (InputStream in = DemoConfiguration.class.getResourceAsStream("demo.yaml")) {
      if (in == null) {
        throw new IllegalStateException("demo.yaml is missing from the demo's jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
