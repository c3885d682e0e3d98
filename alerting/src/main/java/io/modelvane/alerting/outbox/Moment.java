package io.modelvane.alerting.outbox;

import io.modelvane.alerting.response.Response.Acknowledgement;
import io.modelvane.alerting.rule.Suppression;
import io.modelvane.alerting.silence.Silence;
import io.modelvane.spi.Incident;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One transaction of the outbox at one time, and what keeps things back in it. */
final class Moment {
  private final Connection connection;
  private final Instant now;
  private final Quiet quiet;
  private @Nullable List<Silence> silences;
  private final Map<String, GroupNews> groupNews = new LinkedHashMap<>();
  private String fresh = "";

  Moment(Connection connection, Instant now, Quiet quiet) {
    this.connection = connection;
    this.now = now;
    this.quiet = quiet;
  }

  /**
   * Names the incident that opens just now, of which nothing can be known yet; none for an empty
   * text. Many open at once when something breaks, and each look into the database counts then.
   */
  void fresh(String incident) {
    fresh = incident;
  }

  /** Whether nothing can be known of an incident yet. */
  boolean isFresh(String incident) {
    return fresh.equals(incident);
  }

  /** What happened in groups, by their ids, and is not told of yet. */
  Map<String, GroupNews> groupNews() {
    return groupNews;
  }

  Connection connection() {
    return connection;
  }

  Instant now() {
    return now;
  }

  /** What keeps back all there is to tell of an incident. */
  Optional<Suppression> suppress(Incident incident) throws SQLException {
    Optional<Suppression> found =
        isFresh(incident.id())
            ? Optional.empty()
            : Quiet.snooze(quiet.response(connection, incident.id()), now);
    if (Groups.isGroup(incident.id())) {
      return found.isPresent() ? found : suppressAll(incident.id());
    }
    found = found.isPresent() ? found : Quiet.silence(silences(), incident, now);
    found = found.isPresent() ? found : quiet.maintenance(incident, now);
    return found.isPresent() ? found : quiet.inhibition(connection, incident);
  }

  /** What keeps back each member of a group that is not over, of that what ends first. */
  private Optional<Suppression> suppressAll(String group) throws SQLException {
    Optional<Suppression> first = Optional.empty();
    for (Incident member : quiet.members(connection, group)) {
      Optional<Suppression> found = suppress(member);
      if (found.isEmpty()) {
        return found;
      }
      Instant until = first.map(Suppression::until).orElse(Instant.MAX);
      first = first.isPresent() && !found.get().until().isBefore(until) ? first : found;
    }
    return first;
  }

  /** Read when first needed: most transactions of a courier never ask. */
  List<Silence> silences() throws SQLException {
    List<Silence> known = silences;
    if (known == null) {
      known = quiet.silences(connection, now);
      silences = known;
    }
    return known;
  }

  /** Whether somebody sees to an incident. */
  boolean isAcknowledged(String incident) throws SQLException {
    return acknowledgement(incident).isPresent();
  }

  /** Who sees to an incident. */
  Optional<Acknowledgement> acknowledgement(String incident) throws SQLException {
    return isFresh(incident)
        ? Optional.empty()
        : quiet.response(connection, incident).acknowledged();
  }

  /** Somebody sees to a group from now on. */
  void acknowledge(String group, Acknowledgement said) throws SQLException {
    quiet.acknowledge(connection, group, said);
  }

  /** Nobody sees to a group any more; whether somebody did. */
  boolean unacknowledge(String group) throws SQLException {
    return quiet.unacknowledge(connection, group);
  }
}
