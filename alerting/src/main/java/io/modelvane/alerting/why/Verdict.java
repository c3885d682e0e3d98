package io.modelvane.alerting.why;

import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Status;
import java.time.Instant;
import java.util.Optional;

/**
 * A change of a level, and what it rested on.
 *
 * @param seq greater for one that came later
 * @param incident the incident it moved
 * @param step what happened
 * @param previous the level before
 * @param status the verdict: value, threshold, window, number of values
 * @param complete up to when everything had arrived then; empty when that was not known
 */
public record Verdict(
    long seq,
    String incident,
    IncidentStep step,
    Level previous,
    Status status,
    Optional<Instant> complete) {
  static Verdict of(IncidentChange change, Optional<Instant> complete) {
    return new Verdict(
        0, change.incident().id(), change.step(), change.previous(), change.status(), complete);
  }
}
