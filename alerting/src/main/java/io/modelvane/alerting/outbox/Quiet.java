package io.modelvane.alerting.outbox;

import io.modelvane.alerting.response.Acknowledgements;
import io.modelvane.alerting.response.Response;
import io.modelvane.alerting.response.Response.Acknowledgement;
import io.modelvane.alerting.rule.Policy;
import io.modelvane.alerting.rule.Suppression;
import io.modelvane.alerting.silence.Maintenance;
import io.modelvane.alerting.silence.Silence;
import io.modelvane.alerting.silence.Silences;
import io.modelvane.spi.Incident;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Everything that can keep an incident as a whole from being told of. */
final class Quiet {
  private final Policy policy;
  private final Silences silences;
  private final Acknowledgements responses;
  private final Tables tables;

  Quiet(Policy policy, Silences silences, Acknowledgements responses, Tables tables) {
    this.policy = policy;
    this.silences = silences;
    this.responses = responses;
    this.tables = tables;
  }

  List<Silence> silences(Connection connection, Instant now) throws SQLException {
    return silences.lasting(connection, now);
  }

  Response response(Connection connection, String incident) throws SQLException {
    return responses.find(connection, incident);
  }

  /** The members of a group that are not over. */
  List<Incident> members(Connection connection, String group) throws SQLException {
    return tables.groups().members(connection, group).stream()
        .map(Notification.Member::incident)
        .filter(member -> member.level() != Level.OK)
        .toList();
  }

  /** Somebody sees to a group. */
  void acknowledge(Connection connection, String group, Acknowledgement said) throws SQLException {
    responses.follow(connection, group, said);
  }

  /** Nobody sees to a group any more; whether somebody did. */
  boolean unacknowledge(Connection connection, String group) throws SQLException {
    return responses.unfollow(connection, group);
  }

  static Optional<Suppression> snooze(Response response, Instant now) {
    return response
        .snoozed()
        .filter(snooze -> now.isBefore(snooze.until()))
        .map(
            snooze ->
                new Suppression(
                    Suppression.Kind.SNOOZE,
                    snooze.remark().author(),
                    "snoozed by %s until %s%s"
                        .formatted(
                            snooze.remark().author(),
                            snooze.until(),
                            why(snooze.remark().comment())),
                    snooze.until()));
  }

  private static String why(String comment) {
    return comment.isEmpty() ? "" : ": " + comment;
  }

  static Optional<Suppression> silence(List<Silence> silences, Incident incident, Instant now) {
    return silences.stream()
        .filter(silence -> silence.covers(incident, now))
        .max(Comparator.comparing(Silence::until))
        .map(
            silence ->
                new Suppression(
                    Suppression.Kind.SILENCE,
                    silence.id(),
                    "silence %s by %s until %s%s"
                        .formatted(
                            silence.id(),
                            silence.draft().author(),
                            silence.until(),
                            why(silence.draft().comment())),
                    silence.until()));
  }

  Optional<Suppression> maintenance(Incident incident, Instant now) {
    for (Maintenance maintenance : policy.maintenance()) {
      Optional<Instant> until = maintenance.covers(incident, now);
      if (until.isPresent()) {
        return Optional.of(
            new Suppression(
                Suppression.Kind.MAINTENANCE,
                maintenance.name(),
                "maintenance "
                    + maintenance.name()
                    + (until.get().equals(Instant.MAX) ? " without end" : " until " + until.get()),
                until.get()));
      }
    }
    return Optional.empty();
  }

  Optional<Suppression> inhibition(Connection connection, Incident incident) throws SQLException {
    return tables.inhibitors().source(connection, incident);
  }
}
