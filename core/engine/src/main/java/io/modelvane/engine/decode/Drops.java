package io.modelvane.engine.decode;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Meters;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Counts the fields that could not be stored, and names an example now and then. */
final class Drops {
  /** Why a field was dropped. */
  enum Cause {
    /** NaN, an infinity, or a number beyond the range of a double. */
    NOT_FINITE,
    /** Text where a number is expected. */
    TEXT,
    /** A nested array. */
    ARRAY,
    /** A name that InfluxDB keeps for itself ({@code time}), or none at all. */
    RESERVED
  }

  private static final long EVERY = 60_000;

  private final ComponentContext context;
  private final Map<Cause, Meters.Counter> counters = new EnumMap<>(Cause.class);
  private long quietUntil;

  Drops(ComponentContext context) {
    this.context = context;
    for (Cause cause : Cause.values()) {
      counters.put(
          cause,
          context
              .meters()
              .counter(
                  "dropped_fields",
                  "Fields that cannot be stored; the rest of their point is.",
                  Map.of("cause", cause.name().toLowerCase(Locale.ROOT))));
    }
  }

  void drop(Cause cause, String key) {
    Objects.requireNonNull(counters.get(cause)).add(1);
    long now = context.clock().millis();
    if (now >= quietUntil) {
      quietUntil = now + EVERY;
      context
          .logger()
          .log(
              System.Logger.Level.WARNING,
              "field ''{0}'' was dropped ({1}); see modelvane_decoder_dropped_fields_total",
              EventTime.shortened(key),
              cause.name().toLowerCase(Locale.ROOT));
    }
  }
}
