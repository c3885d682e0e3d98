package io.modelvane.alerting.silence;

import io.modelvane.spi.Incident;
import java.time.Instant;
import java.util.Optional;

/** One recurring maintenance, ready to be asked. */
public final class Maintenance {
  private final String name;
  private final MaintenanceOptions options;

  /** A maintenance found valid before. */
  public Maintenance(String name, MaintenanceOptions options) {
    this.name = name;
    this.options = options;
  }

  /** Its name in the configuration. */
  public String name() {
    return name;
  }

  /** Whether it lasts at a time, whatever it is about. */
  public boolean lasts(Instant now) {
    return options.hours().contains(now);
  }

  /** When it begins or ends next; {@link Instant#MAX} when it never does. */
  public Instant nextChange(Instant now) {
    return options.hours().nextChange(now);
  }

  /** Until when it keeps back what there is to tell of an incident now; empty if it does not. */
  public Optional<Instant> covers(Incident incident, Instant now) {
    return options.hours().contains(now) && options.scope().covers(incident)
        ? Optional.of(options.hours().nextChange(now))
        : Optional.empty();
  }
}
