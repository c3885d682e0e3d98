package io.modelvane.toolkit;

import io.modelvane.spi.Problems;
import java.net.URI;

/** Checks of options that several plugins have. No message repeats a value that may be secret. */
public final class OptionChecks {
  private OptionChecks() {}

  /** The option is a URL of HTTP with a host. */
  public static void url(String option, String text, Problems problems) {
    try {
      URI url = URI.create(text);
      String scheme = String.valueOf(url.getScheme());
      if (!scheme.matches("(?i)https?") || url.getHost() == null) {
        problems.add(option, "must begin with http:// or https:// and name a host");
      }
    } catch (IllegalArgumentException invalid) {
      problems.add(option, "is not a URL; look for spaces and line ends");
    }
  }

  /** The option is a template that {@link Templates} can read, and its names are known. */
  public static void template(String option, String text, Problems problems) {
    try {
      for (String name : new Templates(value -> value).compile(text).unknownNames()) {
        problems.add(option, "knows no '" + name + "'; " + MessageNames.suggestion(name));
      }
    } catch (IllegalArgumentException invalid) {
      problems.add(option, String.valueOf(invalid.getMessage()));
    }
  }

  /** As {@link #template}, of a text that may hold a secret. */
  public static void secretTemplate(String option, String text, Problems problems) {
    try {
      if (!new Templates(value -> value).compile(text).unknownNames().isEmpty()) {
        problems.add(option, "has a name between {{ and }} that there is not; look for a typo");
      }
    } catch (IllegalArgumentException invalid) {
      problems.add(option, "is not a Mustache template (each {{ needs its }})");
    }
  }
}
