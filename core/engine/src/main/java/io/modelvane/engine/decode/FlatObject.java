package io.modelvane.engine.decode;

import static io.modelvane.engine.decode.EightBytes.ONES;

import org.jspecify.annotations.Nullable;

/**
 * Splits a JSON object that is flat and plain into its members, in one pass over the bytes and
 * without making an object: keys and texts in ASCII without escapes, numbers, truth values, nulls.
 * It never judges: what is nested, escaped, unusual or wrong it leaves to Jackson, whose word is
 * final. Used by one thread for message after message.
 */
final class FlatObject {
  /** What a member's value is. */
  enum Kind {
    /** In JSON's grammar, without an exponent and in the range of a double. */
    NUMBER,
    /** With an exponent. */
    EXPONENT_NUMBER,
    /** The bytes between the quotes. */
    TEXT,
    TRUE,
    FALSE,
    NULL
  }

  private static final int MOST = 64;
  private static final int LONGEST_NUMBER = 300;
  private static final int LONGEST_KEY = 1000;
  private static final long HIGH = 0x8080808080808080L;
  private static final int NOT_PLAIN = -1;

  private final KeyTable keys;
  private final Slot[] slots = new Slot[MOST];
  private final Kind[] kinds = new Kind[MOST];
  private final int[] starts = new int[MOST];
  private final int[] ends = new int[MOST];
  private byte[] json = {};
  private int at;
  private int size;

  FlatObject(Slots slots) {
    this.keys = new KeyTable(slots);
  }

  int size() {
    return size;
  }

  Slot slot(int member) {
    return slots[member];
  }

  Kind kind(int member) {
    return kinds[member];
  }

  /** Where the value begins; for a text after its quote. */
  int start(int member) {
    return starts[member];
  }

  /** Where the value ends, exclusive; for a text at its quote. */
  int end(int member) {
    return ends[member];
  }

  /** Splits a message; false when Jackson must have it. */
  boolean split(byte[] message) {
    json = message;
    at = 0;
    size = 0;
    keys.next();
    if (!take('{')) {
      return false;
    }
    do {
      if (size == MOST || !member()) {
        return false;
      }
      size++;
    } while (take(','));
    return take('}') && skipBlank() == json.length;
  }

  private boolean member() {
    KeyTable.Entry key = keys.expected(size, json, at);
    if (key != null) {
      at += key.leadLength();
    } else {
      key = key();
    }
    if (key == null || !keys.isNew(key)) {
      return false;
    }
    slots[size] = key.slot();
    return skipBlank() < json.length && value();
  }

  /** Reads up to a value a key that was not expected; null where this is no plain one. */
  private KeyTable.@Nullable Entry key() {
    int from = at;
    if (!take('"')) {
      return null;
    }
    int end = endOfText(at);
    if (end == NOT_PLAIN || end == at || end - at > LONGEST_KEY) {
      return null;
    }
    KeyTable.Entry key = keys.find(json, at, end);
    at = end + 1;
    if (key == null || !take(':')) {
      return null;
    }
    keys.expect(size, key, json, from, skipBlank());
    return key;
  }

  private boolean value() {
    return switch (json[at]) {
      case '"' -> text();
      case 't' -> literal(Kind.TRUE, 'r', 'u', 'e');
      case 'n' -> literal(Kind.NULL, 'u', 'l', 'l');
      case 'f' -> at + 1 < json.length && json[++at] == 'a' && literal(Kind.FALSE, 'l', 's', 'e');
      default -> number();
    };
  }

  private boolean text() {
    int end = endOfText(at + 1);
    if (end == NOT_PLAIN) {
      return false;
    }
    found(Kind.TEXT, at + 1, end);
    at = end + 1;
    return true;
  }

  /** Where the quote is that ends a text; nowhere if anything but plain ASCII comes before it. */
  private int endOfText(int from) {
    int i = from;
    for (; i + Long.BYTES <= json.length; i += Long.BYTES) {
      long word = EightBytes.at(json, i);
      long quote = word ^ (ONES * '"');
      long backslash = word ^ (ONES * '\\');
      long stops =
          (((quote - ONES) & ~quote)
                  | ((backslash - ONES) & ~backslash)
                  | ((word - ONES * ' ') & ~word)
                  | word)
              & HIGH;
      if (stops != 0) {
        int stop = i + EightBytes.firstMarked(stops);
        return json[stop] == '"' ? stop : NOT_PLAIN;
      }
    }
    for (; i < json.length; i++) {
      byte b = json[i];
      if (b == '"') {
        return i;
      } else if (b < ' ' || b == '\\') {
        return NOT_PLAIN;
      }
    }
    return NOT_PLAIN;
  }

  /** The last three letters of a literal whose earlier ones are read. */
  private boolean literal(Kind kind, int second, int third, int fourth) {
    if (at + 3 >= json.length
        || json[at + 1] != second
        || json[at + 2] != third
        || json[at + 3] != fourth) {
      return false;
    }
    found(kind, kind == Kind.FALSE ? at - 1 : at, at + 4);
    at += 4;
    return true;
  }

  private boolean number() {
    int start = at;
    int end = endOfNumber(json, start, json.length);
    if (end == NOT_PLAIN) {
      return false;
    }
    boolean exponent = end < json.length && (json[end] | 0x20) == 'e';
    if (exponent) {
      end = endOfExponent(end + 1);
    }
    if (end == NOT_PLAIN || end - start > LONGEST_NUMBER) {
      return false;
    }
    found(exponent ? Kind.EXPONENT_NUMBER : Kind.NUMBER, start, end);
    at = end;
    return true;
  }

  /** The end of {@code -?(0|[1-9]\d*)(\.\d+)?}, or -1 if there is no such thing. */
  private static int endOfNumber(byte[] text, int from, int to) {
    int i = from < to && text[from] == '-' ? from + 1 : from;
    int digits = endOfDigits(text, i, to);
    if (digits == i || (text[i] == '0' && digits > i + 1)) {
      return NOT_PLAIN;
    }
    if (digits == to || text[digits] != '.') {
      return digits;
    }
    int decimals = endOfDigits(text, digits + 1, to);
    return decimals == digits + 1 ? NOT_PLAIN : decimals;
  }

  private int endOfExponent(int from) {
    boolean signed = from < json.length && (json[from] == '+' || json[from] == '-');
    int digits = signed ? from + 1 : from;
    int end = endOfDigits(json, digits, json.length);
    return end == digits ? NOT_PLAIN : end;
  }

  private static int endOfDigits(byte[] text, int from, int to) {
    int i = from;
    while (i < to && text[i] >= '0' && text[i] <= '9') {
      i++;
    }
    return i;
  }

  /** Whether a text is what would be a {@link Kind#NUMBER}. */
  static boolean isNumber(byte[] text, int from, int to) {
    return to - from <= LONGEST_NUMBER && endOfNumber(text, from, to) == to;
  }

  private void found(Kind kind, int start, int end) {
    kinds[size] = kind;
    starts[size] = start;
    ends[size] = end;
  }

  private boolean take(char wanted) {
    if (skipBlank() == json.length || json[at] != wanted) {
      return false;
    }
    at++;
    return true;
  }

  private int skipBlank() {
    while (at < json.length
        && json[at] <= ' '
        && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
      at++;
    }
    return at;
  }
}
