package io.modelvane.alerting.incident;

import io.modelvane.alerting.incident.IncidentChange.Closing;
import io.modelvane.spi.Incident;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Status;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** How statuses move incidents. */
public final class Incidents {
  private static final int KEY_BYTES = 16;

  private Incidents() {}

  /** The key of all incidents of a check on a series, from their names alone. */
  public static String key(String check, String seriesHead) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest((check + '\n' + seriesHead).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, KEY_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /**
   * A status worse than {@code ok} opens an incident.
   *
   * @param origin tells this opening from any other of the series, the same in a replay
   */
  public static IncidentChange open(Status status, String origin) {
    String key = key(status.check(), status.series().head());
    Incident incident =
        new Incident(
            key + "-" + origin,
            key,
            status.check(),
            status.series(),
            status.level(),
            status.level(),
            status.sourceTime(),
            1);
    return new IncidentChange(incident, IncidentStep.OPENED, Level.OK, status);
  }

  /**
   * A status of another level moves an incident.
   *
   * @param breaches how many statuses worse than {@code ok} it has seen
   */
  public static IncidentChange move(Incident before, Status status, long breaches) {
    Level level = status.level();
    Incident after =
        new Incident(
            before.id(),
            before.key(),
            before.check(),
            before.series(),
            level,
            level.worseThan(before.worst()) ? level : before.worst(),
            before.since(),
            breaches);
    return new IncidentChange(after, step(before.level(), level), before.level(), status);
  }

  /** Somebody ends an incident by hand; the check goes on. */
  public static IncidentChange close(Incident before, Status status, Closing closing) {
    IncidentChange end = move(before, status, before.breaches());
    return new IncidentChange(
        end.incident(), end.step(), end.previous(), status, Optional.of(closing));
  }

  private static IncidentStep step(Level before, Level after) {
    if (after == Level.OK) {
      return IncidentStep.RESOLVED;
    }
    return after.worseThan(before) ? IncidentStep.WORSENED : IncidentStep.IMPROVED;
  }
}
