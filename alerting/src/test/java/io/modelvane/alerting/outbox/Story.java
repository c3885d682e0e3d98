package io.modelvane.alerting.outbox;

import io.modelvane.alerting.Aftermath;
import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Incident;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Series;
import io.modelvane.spi.Status;
import io.modelvane.spi.Tag;
import io.modelvane.testkit.TestContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The life of one series under one check: turns levels into steps of incidents. */
public final class Story {
  private final String check;
  private final Series series;
  private int incidents;
  private Level level = Level.OK;
  private Level worst = Level.OK;
  private Instant since = Instant.EPOCH;

  /** The story of a model. */
  public Story(String model) {
    this.check = "risky";
    this.series = Series.of("ml", List.of(new Tag("model", model)));
  }

  /** The model it is about. */
  public String model() {
    return String.valueOf(series.tag("model"));
  }

  /** Where it stands. */
  public Level level() {
    return level;
  }

  /** The id of the incident that is open, or was last. */
  public String incident() {
    return series.tag("model") + "-" + incidents;
  }

  /** A status at a level. */
  public Status status(Level at, Instant now) {
    return new Status(
        check,
        "threshold",
        series,
        at,
        now,
        now.minusMillis(5),
        Optional.of("risk_score"),
        OptionalDouble.of(0.1 + at.severity() / 5.0),
        "risk_score is high",
        Map.of("threshold", "> 0.7"));
  }

  /** Moves to another level. */
  public IncidentChange to(Level next, Instant now) {
    Level previous = level;
    if (previous == Level.OK) {
      incidents++;
      since = now;
      worst = next;
    }
    level = next;
    worst = next.worseThan(worst) ? next : worst;
    Incident incident =
        new Incident(
            incident(), "key-" + series.tag("model"), check, series, next, worst, since, 1);
    return new IncidentChange(incident, step(previous, next), previous, status(next, now));
  }

  private static IncidentStep step(Level previous, Level next) {
    if (next == Level.OK) {
      return IncidentStep.RESOLVED;
    } else if (previous == Level.OK) {
      return IncidentStep.OPENED;
    }
    return next.worseThan(previous) ? IncidentStep.WORSENED : IncidentStep.IMPROVED;
  }

  /** Moves to another level, and tells what comes after. */
  public void happen(Level next, Aftermath aftermath, TestContext context)
      throws ComponentException {
    Instant now = context.clock().instant();
    IncidentChange change = to(next, now);
    context
        .state()
        .transact(
            connection -> {
              aftermath.apply(connection, List.of(change), List.of(change.status()), now);
              return true;
            });
    aftermath.committed();
  }
}
