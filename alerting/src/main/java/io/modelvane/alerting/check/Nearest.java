package io.modelvane.alerting.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean". */
final class Nearest {
  private Nearest() {}

  /** The end of a message about an unknown word: the nearest known one, or all of them. */
  static String of(String word, Collection<String> known) {
    String wanted = word.toLowerCase(Locale.ROOT);
    List<String> sorted = known.stream().sorted().toList();
    Optional<String> nearest =
        sorted.stream().min(Comparator.comparingInt(candidate -> distance(wanted, candidate)));
    return nearest
        .filter(candidate -> distance(wanted, candidate) <= Math.max(1, word.length() / 3))
        .map(candidate -> "did you mean '" + candidate + "'?")
        .orElse("known: " + String.join(", ", sorted));
  }

  /** Letters put in, taken out, exchanged, or swapped with the next (optimal string alignment). */
  private static int distance(String from, String to) {
    int[][] edits = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : least(edits, from, to, new int[] {i, j});
      }
    }
    return edits[from.length()][to.length()];
  }

  private static int least(int[][] edits, String from, String to, int[] at) {
    int i = at[0];
    int j = at[1];
    boolean same = from.charAt(i - 1) == to.charAt(j - 1);
    int changed = edits[i - 1][j - 1] + (same ? 0 : 1);
    int best = Math.min(changed, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
  }
}
