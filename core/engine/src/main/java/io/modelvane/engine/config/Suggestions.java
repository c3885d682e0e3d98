package io.modelvane.engine.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean". */
final class Suggestions {
  private Suggestions() {}

  /** The end of a message about an unknown word: the nearest known one, or all of them. */
  static String of(String word, Collection<String> known) {
    Optional<String> nearest = nearest(word, known);
    if (nearest.isPresent()) {
      return "did you mean '" + nearest.get() + "'?";
    }
    return known.isEmpty()
        ? "there are none"
        : "known: " + String.join(", ", known.stream().sorted().toList());
  }

  /** The known word that was probably meant. */
  static Optional<String> nearest(String word, Collection<String> known) {
    return known.stream()
        .filter(candidate -> distance(lower(word), lower(candidate)) <= limit(word))
        .min(Comparator.comparingInt(candidate -> distance(lower(word), lower(candidate))));
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  private static int limit(String word) {
    return Math.max(1, word.length() / 3);
  }

  /** Edits between two words, a swap of neighbours counting once (optimal string alignment). */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
