package io.modelvane.engine.words;

/**
 * Makes words of unknown origin (a plugin's reasons, another side's answers) fit for a log line, a
 * terminal and whoever reads them. Secrets are masked before, never after: what is cut may be half
 * of one.
 */
public final class Words {
  /** As many characters as a reason may have. */
  public static final int MOST = 1_000;

  private static final int JOINER = 0x200d; // between the parts of one emoji or syllable
  private static final int NON_JOINER = 0x200c;
  private static final int REPLACEMENT = 0xfffd;

  private Words() {}

  /** As {@link #line(String, int)}, for a reason. */
  public static String line(String text) {
    return line(text, MOST);
  }

  /**
   * The text on one line: line ends and control characters become spaces, halves of characters the
   * replacement character, and invisible marks, such as those that turn the direction of writing
   * and make a text look like another, are left out. A text that is longer than {@code most}
   * characters is cut and says so.
   */
  public static String line(String text, int most) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), most) + 40);
    int at = 0;
    while (at < text.length() && out.length() < most) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      append(out, c);
    }
    return at < text.length() ? cut(out, text.length(), most) : out.toString();
  }

  /** No longer than {@code most} either, so that to look at it again changes nothing. */
  private static String cut(StringBuilder out, int length, int most) {
    String note = "... (cut from " + length + " characters)";
    int end = Math.max(0, most - note.length());
    if (end > 0 && Character.isHighSurrogate(out.charAt(end - 1))) {
      end--;
    }
    out.setLength(end);
    return out.append(note).toString();
  }

  private static void append(StringBuilder out, int c) {
    switch (Character.getType(c)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> {
        if (out.length() > 0 && out.charAt(out.length() - 1) != ' ') {
          out.append(' ');
        }
      }
      case Character.SURROGATE -> out.appendCodePoint(REPLACEMENT);
      case Character.FORMAT -> {
        if (c == JOINER || c == NON_JOINER) {
          out.appendCodePoint(c);
        }
      }
      default -> out.appendCodePoint(c);
    }
  }
}
