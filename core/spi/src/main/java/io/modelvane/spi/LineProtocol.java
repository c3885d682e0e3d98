package io.modelvane.spi;

/**
 * The text rules of InfluxDB's line protocol for names; see
 * https://docs.influxdata.com/influxdb/v2/reference/syntax/line-protocol/.
 */
final class LineProtocol {
  private LineProtocol() {}

  /** A measurement: as a name, but equals needs no escape and a leading {@code #} would comment. */
  static void appendMeasurement(StringBuilder out, String measurement) {
    append(out, measurement.charAt(0) == '#' ? "_" + measurement : measurement, false);
  }

  /** A tag key, tag value or field key. */
  static void appendName(StringBuilder out, String name) {
    append(out, name, true);
  }

  private static void append(StringBuilder out, String name, boolean escapeEquals) {
    for (int i = 0; i < name.length(); i++) {
      char c = carried(name, i);
      if (c == ',' || c == ' ' || (c == '=' && escapeEquals)) {
        out.append('\\');
      }
      out.append(c);
    }
  }

  /** A name as a store reads it again: with what line protocol can carry in place of the rest. */
  static String carried(String name) {
    int plain = 0;
    while (plain < name.length() && carried(name, plain) == name.charAt(plain)) {
      plain++;
    }
    if (plain == name.length()) {
      return name;
    }
    StringBuilder carried = new StringBuilder(name);
    for (int i = plain; i < name.length(); i++) {
      carried.setCharAt(i, carried(name, i));
    }
    return carried.toString();
  }

  private static char carried(String name, int index) {
    char c = printable(name, index);
    boolean escapes =
        c == '\\' && (index + 1 == name.length() || special(printable(name, index + 1)));
    return escapes ? '/' : c; // a backslash would escape the separator that follows
  }

  private static boolean special(char c) {
    return c == ',' || c == ' ' || c == '=';
  }

  private static char printable(String name, int index) {
    char c = name.charAt(index);
    if (c < ' ' || c == 0x7f) {
      return ' ';
    }
    return Character.isSurrogate(c) && lone(name, index) ? '\ufffd' : c;
  }

  private static boolean lone(String name, int index) {
    return Character.isHighSurrogate(name.charAt(index))
        ? index + 1 == name.length() || !Character.isLowSurrogate(name.charAt(index + 1))
        : index == 0 || !Character.isHighSurrogate(name.charAt(index - 1));
  }
}
