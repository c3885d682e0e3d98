package io.modelvane.alerting;

import io.modelvane.spi.Level;
import io.modelvane.spi.Meters;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** What the sink counts. */
final class AlertingMeters {
  private final Meters meters;
  private final Map<Level, Meters.Counter> statuses = new EnumMap<>(Level.class);
  final Meters.Counter repeated;
  final Meters.Counter early;
  final Meters.Timer evaluation;
  final Meters.Timer commit;
  final Meters.Timer lag;

  AlertingMeters(Meters meters) {
    this.meters = meters;
    for (Level level : Level.values()) {
      statuses.put(
          level, meters.counter("statuses", "Statuses by level.", Map.of("level", level.text())));
    }
    repeated = meters.counter("repeated_rows", "Rows that had been evaluated before.");
    early =
        meters.counter(
            "early_rows",
            "Rows whose time was more than a minute after their arrival; they count as of that.");
    evaluation = meters.timer("evaluation", "Evaluating one batch.", Map.of());
    lag =
        meters.timer(
            "evaluation_lag",
            "From a call's arrival at its source until it was evaluated, the first of each batch.",
            Map.of());
    commit = meters.timer("commit", "Bringing states and positions to the disk.", Map.of());
  }

  void status(Level level) {
    Meters.Counter counter = statuses.get(level);
    if (counter != null) {
      counter.add(1);
    }
  }

  Meters.Counter late(String check) {
    return meters.counter(
        "late_rows", "Rows too late for a window they belong to.", Map.of("check", check));
  }

  Meters.Counter failed(String check) {
    return meters.counter(
        "check_errors",
        "Calls or windows that an error kept from being judged.",
        Map.of("check", check));
  }

  Meters.Counter notNumeric(String check) {
    return meters.counter(
        "not_numeric_rows", "Rows whose field holds a text.", Map.of("check", check));
  }

  void openIncidents(DoubleSupplier value) {
    meters.gauge("open_incidents", "Incidents that are open.", Map.of(), value);
  }

  void watermarkAge(DoubleSupplier value) {
    meters.gauge("watermark_age_seconds", "Age of what is known to be complete.", Map.of(), value);
  }
}
