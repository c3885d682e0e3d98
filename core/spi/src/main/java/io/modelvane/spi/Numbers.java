package io.modelvane.spi;

import java.nio.charset.StandardCharsets;

/** Reads and writes numbers as ASCII without making strings. */
final class Numbers {
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
    if (value == Long.MIN_VALUE) {
      byte[] text = Long.toString(value).getBytes(StandardCharsets.ISO_8859_1);
      System.arraycopy(text, 0, target, at, text.length);
      return at + text.length;
    }
    int start = at;
    long rest = value;
    if (rest < 0) {
      target[start++] = '-';
      rest = -rest;
    }
    int end = start + digits(rest);
    for (int i = end - 1; i >= start; i--) {
      long quotient = rest / 10;
      target[i] = (byte) ('0' + (rest - quotient * 10));
      rest = quotient;
    }
    return end;
  }

  private static int digits(long value) {
    int digits = 1;
    for (long bound = 10; digits < 19 && value >= bound; bound *= 10) {
      digits++;
    }
    return digits;
  }
}
