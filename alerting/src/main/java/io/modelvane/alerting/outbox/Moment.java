package io.modelvane.alerting.outbox;

import io.modelvane.alerting.response.Response;
import io.modelvane.alerting.rule.Suppression;
import io.modelvane.alerting.silence.Silence;
import io.modelvane.spi.Incident;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One transaction of the outbox at one time, and what keeps things back in it. */
final class Moment {
  private final Connection connection;
  private final Instant now;
  private final Quiet quiet;
  private final List<Silence> silences;

  Moment(Connection connection, Instant now, Quiet quiet) throws SQLException {
    this.connection = connection;
    this.now = now;
    this.quiet = quiet;
    this.silences = quiet.silences(connection, now);
  }

  Connection connection() {
    return connection;
  }

  Instant now() {
    return now;
  }

  /** What keeps back all there is to tell of an incident. */
  Optional<Suppression> suppress(Incident incident) throws SQLException {
    Response response = quiet.response(connection, incident.id());
    Optional<Suppression> found = Quiet.snooze(response, now);
    found = found.isPresent() ? found : Quiet.silence(silences, incident, now);
    found = found.isPresent() ? found : quiet.maintenance(incident, now);
    return found.isPresent() ? found : quiet.inhibition(connection, incident);
  }

  /** Whether somebody sees to an incident. */
  boolean isAcknowledged(String incident) throws SQLException {
    return quiet.response(connection, incident).acknowledged().isPresent();
  }
}
