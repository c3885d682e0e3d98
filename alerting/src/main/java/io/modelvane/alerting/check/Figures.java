package io.modelvane.alerting.check;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;

/** Numbers and durations as people write them. */
final class Figures {
  private static final MathContext SHORT = new MathContext(6);

  private Figures() {}

  /** A measured value: six digits say enough in a sentence. */
  static String shortened(double value) {
    return Double.isFinite(value)
        ? plain(new BigDecimal(value).round(SHORT))
        : Double.toString(value);
  }

  /** A configured value, every digit of it. */
  static String exact(double value) {
    return Double.isFinite(value) ? plain(BigDecimal.valueOf(value)) : Double.toString(value);
  }

  private static String plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return Math.abs((long) stripped.precision() - stripped.scale()) > 15
        ? stripped.toString()
        : stripped.toPlainString();
  }

  /** {@code 1 sample}, {@code 2 samples}. */
  static String samples(long number) {
    return number + (number == 1 ? " sample" : " samples");
  }

  /** {@code 1d2h}, {@code 5m}, {@code 1.5s}: at most two units. */
  static String duration(long nanos) {
    Duration duration = Duration.ofNanos(nanos);
    if (duration.toDays() > 0) {
      return pair(duration.toDays(), "d", duration.toHoursPart(), "h");
    } else if (duration.toHours() > 0) {
      return pair(duration.toHours(), "h", duration.toMinutesPart(), "m");
    } else if (duration.toMinutes() > 0) {
      return pair(duration.toMinutes(), "m", duration.toSecondsPart(), "s");
    } else if (duration.toMillis() >= 1000 || nanos == 0) {
      return plain(BigDecimal.valueOf(duration.toMillis(), 3)) + "s";
    }
    return plain(BigDecimal.valueOf(nanos, 6).round(SHORT)) + "ms";
  }

  private static String pair(long large, String largeUnit, long small, String smallUnit) {
    return large + largeUnit + (small == 0 ? "" : small + smallUnit);
  }
}
