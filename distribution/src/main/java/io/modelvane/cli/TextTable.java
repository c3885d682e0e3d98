package io.modelvane.cli;

import java.util.ArrayList;
import java.util.List;

/** Columns of text, each as wide as its widest cell; the last one is not padded. */
final class TextTable {
  private final List<String[]> rows = new ArrayList<>();

  TextTable(String... titles) {
    rows.add(titles);
  }

  void row(String... cells) {
    String[] clean = cells.clone();
    for (int i = 0; i < clean.length; i++) {
      clean[i] = clean[i].replaceAll("\\p{Cntrl}", " "); // a tag must not move the cursor
    }
    rows.add(clean);
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
