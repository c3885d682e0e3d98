package io.modelvane.alerting.silence;

import io.modelvane.alerting.tag.TagPattern;
import io.modelvane.spi.Incident;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which incidents a silence is about: demands on the tags of the series, and under the key {@value
 * #CHECK} on the name of the check. All have to be met; a tag that is missing counts as empty.
 *
 * @param demands by tag, {@value #CHECK} among them
 */
public record Matchers(Map<String, TagPattern> demands) {
  /** The key that stands for the name of the check. */
  public static final String CHECK = "check";

  private static final int MOST = 50;

  /**
   * Copies the demands.
   *
   * @throws IllegalArgumentException with words for the user
   */
  public Matchers {
    demands = Map.copyOf(demands);
    if (demands.isEmpty()) {
      throw new IllegalArgumentException(
          "name at least one tag, or the check; `check: =~ .*` stands for all incidents");
    } else if (demands.size() > MOST) {
      throw new IllegalArgumentException("more than " + MOST + " demands");
    } else if (demands.containsKey("")) {
      throw new IllegalArgumentException("there is a tag without a name");
    }
  }

  /**
   * Reads demands as one writes them: {@code credit}, {@code != credit}, {@code =~ credit-.*}.
   *
   * @throws IllegalArgumentException with words for the user
   */
  public static Matchers parse(Map<String, String> texts) {
    Map<String, TagPattern> demands = new LinkedHashMap<>();
    texts.forEach((tag, text) -> demands.put(tag, parse(tag, text)));
    return new Matchers(demands);
  }

  private static TagPattern parse(String tag, String text) {
    try {
      return TagPattern.parse(text);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(tag + ": " + wrong.getMessage(), wrong);
    }
  }

  /** As one writes them, by tag in order. */
  public Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    demands.forEach((tag, pattern) -> texts.put(tag, pattern.toString()));
    return texts;
  }

  /** Whether it is about an incident. */
  public boolean test(Incident incident) {
    return demands.entrySet().stream()
        .allMatch(demand -> demand.getValue().test(value(incident, demand.getKey())));
  }

  private static String value(Incident incident, String tag) {
    return tag.equals(CHECK)
        ? incident.check()
        : Objects.requireNonNullElse(incident.series().tag(tag), "");
  }

  /** The same demands, as written: regular expressions have no equality of their own. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Matchers matchers && texts().equals(matchers.texts());
  }

  @Override
  public int hashCode() {
    return texts().hashCode();
  }
}
