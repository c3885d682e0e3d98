package io.modelvane.alerting.incident;

import io.modelvane.spi.Incident;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Status;
import java.util.Optional;

/**
 * One step of an incident: what checks hand to rules.
 *
 * @param incident as it stands after the step
 * @param step what happened; never {@link IncidentStep#REPEATED}, which only rules decide
 * @param previous the level before the step
 * @param status the verdict behind it
 * @param closing who ended it by hand; empty where a check moved it
 */
public record IncidentChange(
    Incident incident,
    IncidentStep step,
    Level previous,
    Status status,
    Optional<Closing> closing) {
  /** A step that a check made. */
  public IncidentChange(Incident incident, IncidentStep step, Level previous, Status status) {
    this(incident, step, previous, status, Optional.empty());
  }

  /**
   * Somebody ends an incident by hand.
   *
   * @param author who
   * @param comment why; may be empty
   */
  public record Closing(String author, String comment) {
    /** In words. */
    public String words() {
      return "closed by " + author + (comment.isEmpty() ? "" : ": " + comment);
    }
  }
}
