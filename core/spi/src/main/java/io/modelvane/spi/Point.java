package io.modelvane.spi;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One point as an object of its own, for what is made one at a time (a status, a notification). The
 * hot path uses rows of a {@link PointBatch} instead.
 *
 * @param series where it belongs
 * @param time when it happened; nanoseconds count
 * @param fields at least one; values are {@code Double} (finite), {@code Long}, {@code Boolean} or
 *     {@code String}
 */
public record Point(Series series, Instant time, Map<String, Object> fields) {
  /** Copies the fields in their order and rejects values of other types. */
  public Point {
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("a point needs a field: " + series);
    }
    fields.forEach(Point::check);
    fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  private static void check(String name, Object value) {
    boolean allowed =
        value instanceof Long
            || value instanceof Boolean
            || value instanceof String
            || (value instanceof Double number && Double.isFinite(number));
    if (!allowed) {
      throw new IllegalArgumentException(
          "field '%s' cannot be a %s".formatted(name, value.getClass().getSimpleName()));
    }
  }
}
