package io.modelvane.alerting.rule;

import io.modelvane.alerting.history.Digest;
import io.modelvane.spi.Incident;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One inhibition, ready to be asked. */
public final class Inhibition {
  private final String name;
  private final InhibitOptions options;

  /** An inhibition found valid before. */
  public Inhibition(String name, InhibitOptions options) {
    this.name = name;
    this.options = options;
  }

  /** Its name in the configuration. */
  public String name() {
    return name;
  }

  /** Whether an incident explains others as it stands. */
  public boolean isSource(Incident incident) {
    return options.source().test(incident);
  }

  /** Whether an incident may be explained by others. */
  public boolean isTarget(Incident incident) {
    return options.target().concerns(incident);
  }

  /**
   * Whether an incident is on both sides. Two such incidents do not explain each other: else both
   * would be kept back.
   */
  public boolean isBoth(Incident incident) {
    return isSource(incident) && isTarget(incident);
  }

  /** The same for incidents that agree in the tags in which they have to. */
  public byte[] key(Incident incident) {
    List<String> parts = new ArrayList<>(List.of(name));
    for (String tag : options.equal()) {
      parts.add(Objects.requireNonNullElse(incident.series().tag(tag), ""));
    }
    return Digest.of(parts.toArray(new String[0])).key();
  }
}
