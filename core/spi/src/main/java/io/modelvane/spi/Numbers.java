package io.modelvane.spi;

import java.nio.charset.StandardCharsets;

/** Reads and writes numbers as ASCII without making strings. */
final class Numbers {
  private static final long BILLION = 1_000_000_000L;
  private static final double[] POWERS = new double[23];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10; // exact up to 10^22
    }
  }

  private Numbers() {}

  /**
   * The double nearest to a decimal number. Up to 15 digits and a power of ten up to 22 in size
   * need one exact division or multiplication (W. Clinger, "How to read floating point numbers
   * accurately", 1990); all else goes to the JDK.
   */
  static double parse(byte[] text, int from, int to) {
    int at = from;
    boolean negative = at < to && text[at] == '-';
    if (negative) {
      at++;
    }
    long digits = 0;
    int count = 0;
    int decimals = -1;
    for (; at < to; at++) {
      byte b = text[at];
      if (b >= '0' && b <= '9') {
        digits = digits * 10 + (b - '0');
        count++;
        if (decimals >= 0) {
          decimals++;
        }
      } else if (b == '.' && decimals < 0) {
        decimals = 0;
      } else {
        return slow(text, from, to);
      }
      if (count > 15) {
        return slow(text, from, to);
      }
    }
    if (count == 0) {
      return slow(text, from, to);
    }
    double value = decimals > 0 ? digits / POWERS[decimals] : digits;
    return negative ? -value : value;
  }

  private static double slow(byte[] text, int from, int to) {
    return Double.parseDouble(new String(text, from, to - from, StandardCharsets.ISO_8859_1));
  }

  /** Writes {@code value} in decimal; at most 20 bytes. Returns the index after it. */
  static int writeLong(long value, byte[] target, int at) {
    if (value >= 0) {
      return writePositive(value, target, at);
    } else if (value == Long.MIN_VALUE) {
      byte[] text = Long.toString(value).getBytes(StandardCharsets.ISO_8859_1);
      System.arraycopy(text, 0, target, at, text.length);
      return at + text.length;
    }
    target[at] = '-';
    return writePositive(-value, target, at + 1);
  }

  /** Nine digits at a time: of a number that small each next one takes no division. */
  private static int writePositive(long value, byte[] target, int at) {
    if (value < BILLION) {
      int end = at + digits((int) value);
      writeDigits((int) value, target, at, end);
      return end;
    }
    long above = value / BILLION;
    int next = writePositive(above, target, at);
    writeDigits((int) (value - above * BILLION), target, next, next + 9);
    return next + 9;
  }

  /**
   * Writes the last digits of a number, zeros before it included. A tenth is a multiplication (T.
   * Granlund and P. Montgomery, "Division by Invariant Integers using Multiplication", 1994), which
   * the JVM's quick compiler does not see by itself.
   */
  private static void writeDigits(int value, byte[] target, int from, int to) {
    int rest = value;
    for (int i = to - 1; i >= from; i--) {
      int tenth = (int) ((rest * 0xCCCC_CCCDL) >>> 35);
      target[i] = (byte) ('0' + rest - tenth * 10);
      rest = tenth;
    }
  }

  private static int digits(int value) {
    int digits = 1;
    for (long bound = 10; value >= bound; bound *= 10) {
      digits++;
    }
    return digits;
  }
}
