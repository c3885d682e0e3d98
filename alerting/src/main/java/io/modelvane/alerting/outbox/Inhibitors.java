package io.modelvane.alerting.outbox;

import io.modelvane.alerting.rule.Inhibition;
import io.modelvane.alerting.rule.Suppression;
import io.modelvane.alerting.sql.Sql;
import io.modelvane.spi.Incident;
import io.modelvane.spi.StateStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The incidents that explain others, by the tags in which the two have to agree. */
final class Inhibitors {
  private static final int MOST_ASKED = 20;

  private final List<Inhibition> inhibitions;
  private final Incidents incidents;
  private final String table;
  private final List<String> steps;

  Inhibitors(StateStore store, List<Inhibition> inhibitions, Incidents incidents) {
    this.inhibitions = inhibitions;
    this.incidents = incidents;
    this.table = store.table("outbox_inhibitors");
    this.steps =
        List.of(
            "CREATE TABLE "
                + table
                + " (subject BLOB NOT NULL, incident TEXT NOT NULL, both INTEGER NOT NULL,"
                + " PRIMARY KEY (subject, incident)) WITHOUT ROWID");
  }

  List<String> steps() {
    return steps;
  }

  /** What became of an incident as a source. */
  enum Change {
    /** It explains others from now on. */
    BEGUN,
    /** It explains nothing any more. */
    ENDED,
    /** Neither. */
    NONE
  }

  /** Keeps whether an incident explains others as it stands. */
  Change update(Connection connection, Incident incident) throws SQLException {
    Change change = Change.NONE;
    for (Inhibition inhibition : inhibitions) {
      byte[] subject = inhibition.key(incident);
      if (inhibition.isSource(incident)) {
        int added =
            Sql.of(
                    "INSERT OR IGNORE INTO " + table + " VALUES (?,?,?)",
                    subject,
                    incident.id(),
                    inhibition.isTarget(incident) ? 1 : 0)
                .update(connection);
        change = added > 0 ? Change.BEGUN : change;
      } else {
        int gone =
            Sql.of(
                    "DELETE FROM " + table + " WHERE subject = ? AND incident = ?",
                    subject,
                    incident.id())
                .update(connection);
        change = gone > 0 && change == Change.NONE ? Change.ENDED : change;
      }
    }
    return change;
  }

  /** Begins anew with these: inhibitions may be others than before. */
  void reset(Connection connection, List<Incident> open) throws SQLException {
    Sql.of("DELETE FROM " + table).update(connection);
    for (Incident incident : open) {
      var unused = update(connection, incident);
    }
  }

  /** What explains an incident. Two that would explain each other explain nothing. */
  Optional<Suppression> source(Connection connection, Incident incident) throws SQLException {
    for (Inhibition inhibition : inhibitions) {
      if (inhibition.isTarget(incident)) {
        for (String source : sources(connection, inhibition, incident)) {
          if (!explains(connection, incident, source)) {
            return Optional.of(suppression(inhibition, source));
          }
        }
      }
    }
    return Optional.empty();
  }

  private List<String> sources(Connection connection, Inhibition inhibition, Incident incident)
      throws SQLException {
    return Sql.of(
            "SELECT incident FROM "
                + table
                + " WHERE subject = ? AND incident <> ? AND both <= ?"
                + " ORDER BY incident LIMIT ?",
            inhibition.key(incident),
            incident.id(),
            inhibition.isBoth(incident) ? 0 : 1,
            MOST_ASKED)
        .list(connection, row -> row.getString(1));
  }

  /** Whether an incident itself explains one that would explain it. */
  private boolean explains(Connection connection, Incident incident, String other)
      throws SQLException {
    List<Inhibition> back =
        inhibitions.stream().filter(inhibition -> inhibition.isSource(incident)).toList();
    if (back.isEmpty()) {
      return false;
    }
    Optional<Incident> found = incidents.find(connection, other).map(Incidents.Known::incident);
    return found.isPresent()
        && back.stream()
            .anyMatch(
                inhibition ->
                    inhibition.isTarget(found.get())
                        && Arrays.equals(inhibition.key(incident), inhibition.key(found.get())));
  }

  private static Suppression suppression(Inhibition inhibition, String source) {
    return new Suppression(
        Suppression.Kind.INHIBITION,
        source,
        "inhibition %s: incident %s explains it".formatted(inhibition.name(), source),
        Instant.MAX);
  }
}
