package io.modelvane.toolkit;

import io.modelvane.spi.Problems;
import java.net.URI;

/** Checks of options that several plugins have. Messages never repeat a value: it may be secret. */
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

  /** The option is a template that {@link Templates} can read. */
  public static void template(String option, String text, Problems problems) {
    try {
      var unused = new Templates(value -> value).compile(text);
    } catch (IllegalArgumentException invalid) {
      problems.add(option, String.valueOf(invalid.getMessage()));
    }
  }
}
