package io.modelvane.spi;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written {@code 512KiB}, {@code 4MiB}, {@code 1GB} or plainly {@code 4096}.
 *
 * @param bytes not negative
 */
public record DataSize(long bytes) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,15})\\s*([KMG]i?)?B?");

  /** Rejects a negative size. */
  public DataSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size cannot be negative: " + bytes);
    }
  }

  /** A size of so many times 1024 x 1024 bytes. */
  public static DataSize ofMebibytes(long mebibytes) {
    return new DataSize(Math.multiplyExact(mebibytes, 1024L * 1024));
  }

  /**
   * Reads a size.
   *
   * @throws IllegalArgumentException saying what a size looks like
   */
  public static DataSize parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a size; write 512KiB, 4MiB or 1GB");
    }
    String unit = matcher.group(2);
    long factor = 1;
    if (unit != null) {
      long step = unit.endsWith("i") ? 1024 : 1000;
      for (int i = 0; i <= "KMG".indexOf(unit.charAt(0)); i++) {
        factor *= step;
      }
    }
    try {
      return new DataSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), factor));
    } catch (ArithmeticException tooLarge) {
      throw new IllegalArgumentException("'" + text + "' is larger than 2^63 bytes", tooLarge);
    }
  }
}
