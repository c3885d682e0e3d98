package io.modelvane.toolkit;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** The names that {@link MessageValues} gives values to, and those somebody may have meant. */
final class MessageNames {
  /** Each name with the value it has where there is nothing to say. */
  static final Map<String, Object> NOTHING = nothing();

  // Their parts are called as the data calls them.
  private static final Set<String> OPEN = Set.of("tags", "details");

  private MessageNames() {}

  private static Map<String, Object> nothing() {
    List<String> texts =
        List.of(
            "level",
            "LEVEL",
            "previous",
            "step",
            "headline",
            "check",
            "check_type",
            "rule",
            "series",
            "measurement",
            "subject",
            "field",
            "value",
            "message",
            "change",
            "since",
            "duration",
            "at",
            "worst",
            "times",
            "incident",
            "id",
            "link");
    Map<String, Object> values = new LinkedHashMap<>();
    texts.forEach(name -> values.put(name, ""));
    values.put("tags", Map.of());
    values.put("details", Map.of());
    values.put("breaches", 0L);
    values.put("has_link", false);
    values.put("repeat", false);
    values.put("several", false);
    values.put("count", 0);
    values.put("members", List.of());
    return Collections.unmodifiableMap(values);
  }

  /** Whether a template may use this name. */
  static boolean isKnown(String name) {
    int dot = name.indexOf('.');
    return name.equals(".")
        || NOTHING.containsKey(name)
        || (dot > 0 && isOpen(name.substring(0, dot)));
  }

  /** Whether the value of this name has parts, whose names nobody can know before. */
  static boolean isOpen(String name) {
    return OPEN.contains(name);
  }

  /** What somebody may have meant who wrote a name that there is not. */
  static String suggestion(String name) {
    String word = name.toLowerCase(Locale.ROOT);
    String nearest =
        Collections.min(NOTHING.keySet(), Comparator.comparingInt(known -> edits(word, known)));
    return edits(word, nearest) <= Math.max(2, word.length() / 3)
        ? "did you mean '" + nearest + "'?"
        : "there are tags.NAME, details.NAME, " + String.join(", ", NOTHING.keySet());
  }

  /** How many letters to add, leave out or change to get from one word to another. */
  private static int edits(String from, String to) {
    int[] row = IntStream.rangeClosed(0, to.length()).toArray();
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
