package io.modelvane.bench.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page with places for tables, each between two comments that carry its name. */
final class Page {
  private Page() {}

  /**
   * Writes a table anew.
   *
   * @throws IOException also when the page has no such place
   */
  static void write(Path page, String name, String table) throws IOException {
    String text = Files.readString(page);
    String opening = "<!-- " + name + " -->";
    int begin = text.indexOf(opening);
    int end = text.indexOf("<!-- /" + name + " -->");
    if (begin < 0 || end < begin) {
      throw new IOException(page + " has no " + opening + " with its end");
    }
    String before = text.substring(0, begin + opening.length());
    Files.writeString(page, before + "\n\n" + table + "\n" + text.substring(end));
  }
}
