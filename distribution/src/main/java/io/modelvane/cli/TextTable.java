package io.modelvane.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Columns of text, each as wide as its widest cell; the last one is not padded. Cells are cut to
 * what people can read, the last one less.
 */
final class TextTable {
  private static final int WIDEST = 46;
  private static final int WIDEST_LAST = 200;
  private static final String CUT = "...";

  private final int widestLast;
  private final List<String[]> rows = new ArrayList<>();

  TextTable(String... titles) {
    this(WIDEST_LAST, titles);
  }

  private TextTable(int widestLast, String... titles) {
    this.widestLast = widestLast;
    rows.add(titles);
  }

  /** One whose last column is not cut. */
  static TextTable ofStories(String... titles) {
    return new TextTable(Integer.MAX_VALUE, titles);
  }

  void row(String... cells) {
    String[] clean = cells.clone();
    for (int i = 0; i < clean.length; i++) {
      // A tag must not move the cursor, nor turn the line around.
      String plain = clean[i].replaceAll("[\\p{Cc}\\p{Cf}\\x{2028}\\x{2029}]", " ");
      clean[i] = cut(plain, i == clean.length - 1 ? widestLast : WIDEST);
    }
    rows.add(clean);
  }

  private static String cut(String text, int widest) {
    if (text.codePointCount(0, text.length()) <= widest) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, widest - CUT.length())) + CUT;
  }

  @Override
  public String toString() {
    int columns = rows.get(0).length;
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 2));
      }
      text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }
}
