package io.modelvane.influx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A line of line protocol, read by the rules of
 * https://docs.influxdata.com/influxdb/v2/reference/syntax/line-protocol/ and by nothing of ours.
 *
 * @param measurement unescaped
 * @param tags unescaped
 * @param fields numbers and truth as text, strings in quotes and unescaped
 * @param time as text
 */
record Line(String measurement, Map<String, String> tags, Map<String, String> fields, String time) {
  /** Reads a line character by character. */
  static Line parse(String text) {
    Reader in = new Reader(text);
    String measurement = in.word(Set.of(',', ' '), Set.of(',', ' '));
    Map<String, String> tags = new LinkedHashMap<>();
    while (in.take(',')) {
      String key = in.word(Set.of('='), Set.of(',', '=', ' '));
      in.expect('=');
      put(tags, key, in.word(Set.of(',', ' '), Set.of(',', '=', ' ')));
    }
    in.expect(' ');
    Map<String, String> fields = new LinkedHashMap<>();
    do {
      String key = in.word(Set.of('='), Set.of(',', '=', ' '));
      in.expect('=');
      put(fields, key, in.value());
    } while (in.take(','));
    in.expect(' ');
    String time = in.rest();
    if (!time.matches("-?\\d+")) {
      throw new IllegalArgumentException("bad timestamp '" + time + "' in " + text);
    }
    return new Line(measurement, tags, fields, time);
  }

  private static void put(Map<String, String> all, String key, String value) {
    if (key.isEmpty() || value.isEmpty() || all.put(key, value) != null) {
      throw new IllegalArgumentException("empty or twice: '" + key + "'='" + value + "'");
    }
  }

  /** The lines of a body. */
  static List<Line> parseAll(String body) {
    List<Line> lines = new ArrayList<>();
    for (String line : body.split("\n", -1)) {
      if (!line.isEmpty()) {
        lines.add(parse(line));
      }
    }
    return lines;
  }

  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    /**
     * Reads to one of {@code ends}; a backslash escapes only the characters that have a meaning.
     */
    String word(Set<Character> ends, Set<Character> special) {
      StringBuilder word = new StringBuilder();
      for (; at < text.length() && !ends.contains(text.charAt(at)); at++) {
        boolean escape =
            text.charAt(at) == '\\'
                && at + 1 < text.length()
                && special.contains(text.charAt(at + 1));
        if (escape) {
          at++;
        } else if (special.contains(text.charAt(at))) {
          throw new IllegalArgumentException("bare '" + text.charAt(at) + "' in " + text);
        }
        word.append(text.charAt(at));
      }
      return word.toString();
    }

    String value() {
      if (!take('"')) {
        return word(Set.of(',', ' '), Set.of());
      }
      StringBuilder value = new StringBuilder("\"");
      for (; text.charAt(at) != '"'; at++) {
        boolean escape =
            text.charAt(at) == '\\' && (text.charAt(at + 1) == '"' || text.charAt(at + 1) == '\\');
        at += escape ? 1 : 0;
        value.append(text.charAt(at));
      }
      at++;
      return value.append('"').toString();
    }

    boolean take(char c) {
      boolean is = at < text.length() && text.charAt(at) == c;
      at += is ? 1 : 0;
      return is;
    }

    void expect(char c) {
      if (!take(c)) {
        throw new IllegalArgumentException("no '" + c + "' at " + at + " in " + text);
      }
    }

    String rest() {
      return text.substring(at);
    }
  }
}
