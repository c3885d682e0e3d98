package io.modelvane.toolkit;

/** Makes texts of unknown origin fit to be shown. */
final class Texts {
  private static final int DELETE = 0x7f;
  private static final int LAST_CONTROL = 0x9f;

  private Texts() {}

  /**
   * The text without what no screen, log or mail should get: control characters become spaces, line
   * ends {@code \n}, halves of characters the replacement character, and marks that turn the
   * direction of writing, which make a text look like another, are left out.
   */
  static String clean(String text) {
    return isPlain(text) ? text : cleaned(text);
  }

  /** Most texts: printable ASCII. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= DELETE) {
        return false;
      }
    }
    return true;
  }

  private static String cleaned(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int length = text.length();
    for (int i = 0; i < length; ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\r') {
        i += i < length && text.charAt(i) == '\n' ? 1 : 0;
        out.append('\n');
      } else if (!turnsDirection(c)) {
        out.appendCodePoint(shown(c));
      }
    }
    return out.toString();
  }

  private static int shown(int c) {
    if (c == '\n' || c == '\t') {
      return c;
    } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
      return 0xfffd;
    }
    boolean control = c < ' ' || (c >= DELETE && c <= LAST_CONTROL) || c == 0x2028 || c == 0x2029;
    return control ? ' ' : c;
  }

  /** https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing */
  private static boolean turnsDirection(int c) {
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
  }
}
