package io.modelvane.engine.decode;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names, with {@code *} for anything. */
final class Glob {
  private final Pattern pattern;

  private Glob(Pattern pattern) {
    this.pattern = pattern;
  }

  static Glob any(List<String> globs) {
    return new Glob(
        Pattern.compile(
            globs.stream()
                .map(glob -> "\\Q" + glob.replace("*", "\\E.*\\Q") + "\\E")
                .collect(Collectors.joining("|", "(?:", ")"))));
  }

  boolean matches(String name) {
    return pattern.matcher(name).matches();
  }
}
