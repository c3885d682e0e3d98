package io.modelvane.engine.decode;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names, with {@code *} for anything. */
final class Glob {
  private final Pattern pattern;

  private Glob(Pattern pattern) {
    this.pattern = pattern;
  }

  /** Matches what any of them matches; nothing when there are none. */
  static Glob any(List<String> globs) {
    if (globs.isEmpty()) {
      return new Glob(Pattern.compile("(?!)"));
    }
    return new Glob(
        Pattern.compile(
            globs.stream().map(Glob::expression).collect(Collectors.joining("|", "(?:", ")")),
            Pattern.DOTALL));
  }

  private static String expression(String glob) {
    return Arrays.stream(glob.split("\\*", -1))
        .map(Pattern::quote)
        .collect(Collectors.joining(".*"));
  }

  boolean matches(String name) {
    return pattern.matcher(name).matches();
  }
}
