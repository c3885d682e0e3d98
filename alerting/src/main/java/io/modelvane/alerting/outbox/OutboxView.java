package io.modelvane.alerting.outbox;

import io.modelvane.alerting.sql.Sql;
import io.modelvane.spi.Incident;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.StateStore;
import io.modelvane.spi.Status;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** What was, is and will be told, for those who want to look at it. Reads only. */
public final class OutboxView {
  private final OutboxRows rows;
  private final Incidents told;
  private final String incidents;
  private final String outbox;
  private final String members;

  /** A view of the outbox in a database, which its owner has made ready. */
  public OutboxView(StateStore store) {
    this.rows = new OutboxRows(store);
    this.told = new Incidents(store);
    this.incidents = store.table("outbox_incidents");
    this.outbox = store.table("outbox");
    this.members = store.table("outbox_members");
  }

  /**
   * An incident that is open, or was in the last seven days.
   *
   * @param seq greater for one that was opened later
   * @param incident as of its last step
   * @param status the latest verdict at its level
   * @param ended when it was over
   */
  public record KnownIncident(long seq, Incident incident, Status status, Optional<Instant> ended) {
    /** Whether it stands for several that are told as one. */
    public boolean isGroup() {
      return Groups.isGroup(incident.id());
    }
  }

  /**
   * A notification, planned or sent.
   *
   * @param seq greater for one that was planned later
   * @param id its identity, the same for every endpoint
   * @param told whom of what
   * @param change what it tells of, as it was planned
   * @param decidedAt when it was planned
   * @param fate what has become of it
   */
  public record Planned(
      long seq, String id, Told told, Change change, Instant decidedAt, Fate fate) {}

  /** Whom of what, and which rule asks for it. */
  public record Told(String endpoint, String incident, String rule) {}

  /** What happened. */
  public record Change(IncidentStep step, Level previous, Level level) {}

  /**
   * What has become of a notification.
   *
   * @param state {@code due}, {@code sent} and so on
   * @param due when it may be sent, or might have been
   * @param attempts how many were made
   * @param maybeArrived whether an attempt that failed may have arrived
   * @param ended when it was sent or given up
   * @param reason why it was not sent, or not yet, where that is known
   */
  public record Fate(
      String state,
      Instant due,
      int attempts,
      boolean maybeArrived,
      Optional<Instant> ended,
      String reason) {}

  /**
   * What waits for an endpoint.
   *
   * @param size how many notifications
   * @param oldest when the oldest was planned
   */
  public record Waiting(long size, Optional<Instant> oldest) {}

  /**
   * Which part of a list is asked for.
   *
   * @param before only what has a lesser number; all when not given
   * @param most so many at the most
   */
  public record Slice(OptionalLong before, int most) {}

  /** Incidents, the last opened first. */
  public List<KnownIncident> incidents(
      Connection connection, Slice slice, Predicate<KnownIncident> wanted) throws SQLException {
    String sql =
        "SELECT rowid, incident, status, closed_at FROM "
            + incidents
            + " WHERE rowid < ? ORDER BY rowid DESC";
    return list(connection, sql, slice, OutboxView::incident, wanted);
  }

  /** Notifications, the last planned first. */
  public List<Planned> notifications(Connection connection, Slice slice, Predicate<Planned> wanted)
      throws SQLException {
    String sql = "SELECT * FROM " + outbox + " WHERE seq < ? ORDER BY seq DESC";
    return list(connection, sql, slice, OutboxView::planned, wanted);
  }

  private static <T> List<T> list(
      Connection connection, String sql, Slice slice, Sql.Mapper<T> mapper, Predicate<T> wanted)
      throws SQLException {
    List<T> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, slice.before().orElse(Long.MAX_VALUE));
      try (ResultSet row = statement.executeQuery()) {
        while (found.size() < slice.most() && row.next()) {
          T one = mapper.map(row);
          if (wanted.test(one)) {
            found.add(one);
          }
        }
      }
    }
    return found;
  }

  /** An incident by its id. */
  public Optional<KnownIncident> incident(Connection connection, String id) throws SQLException {
    return Sql.of(
            "SELECT rowid, incident, status, closed_at FROM " + incidents + " WHERE id = ?", id)
        .first(connection, OutboxView::incident);
  }

  /**
   * A group that an incident is in.
   *
   * @param id the group's id as an incident
   * @param since when it joined
   */
  public record Membership(String id, Instant since) {}

  /** The groups that an incident is in, over or not. */
  public List<Membership> groupsOf(Connection connection, String incident) throws SQLException {
    return Sql.of(
            "SELECT group_id, joined_at FROM " + members + " WHERE incident = ? ORDER BY group_id",
            incident)
        .list(
            connection,
            row -> new Membership(row.getString(1), Instant.ofEpochMilli(row.getLong(2))));
  }

  /** What was planned of the groups of an incident since it joined them, in that order. */
  public List<Planned> groupNotificationsOf(Connection connection, String incident)
      throws SQLException {
    List<Planned> planned = new ArrayList<>();
    for (Membership group : groupsOf(connection, incident)) {
      notificationsOf(connection, group.id()).stream()
          .filter(one -> one.fate().ended().map(end -> !end.isBefore(group.since())).orElse(true))
          .forEach(planned::add);
    }
    return planned;
  }

  /** All notifications of an incident, in the order of planning. */
  public List<Planned> notificationsOf(Connection connection, String incident) throws SQLException {
    return Sql.of("SELECT * FROM " + outbox + " WHERE incident = ? ORDER BY seq", incident)
        .list(connection, OutboxView::planned);
  }

  /** The endpoints that have, or may have, been told of an incident, each with its rule. */
  public Map<String, String> told(Connection connection, String incident) throws SQLException {
    return told.told(connection, incident);
  }

  /** What waits for an endpoint. */
  public Waiting waiting(Connection connection, String endpoint) throws SQLException {
    OutboxRows.Backlog backlog = rows.waiting().backlog(connection, endpoint);
    return new Waiting(
        backlog.size(),
        backlog.size() == 0
            ? Optional.empty()
            : Optional.of(Instant.ofEpochMilli(backlog.oldest())));
  }

  /** The notification that was sent to an endpoint last. */
  public Optional<Planned> lastSent(Connection connection, String endpoint) throws SQLException {
    return Sql.of(
            "SELECT * FROM "
                + outbox
                + " WHERE endpoint = ? AND state = ? ORDER BY ended_at DESC LIMIT 1",
            endpoint,
            RowState.SENT.code())
        .first(connection, OutboxView::planned);
  }

  private static KnownIncident incident(ResultSet row) throws SQLException {
    return new KnownIncident(
        row.getLong(1),
        IncidentCodec.incident(row.getBytes(2)),
        IncidentCodec.status(row.getBytes(3)),
        time(row, "closed_at"));
  }

  private static Planned planned(ResultSet row) throws SQLException {
    String reason = row.getString("reason");
    return new Planned(
        row.getLong("seq"),
        row.getString("id"),
        new Told(row.getString("endpoint"), row.getString("incident"), row.getString("rule")),
        new Change(
            IncidentStep.valueOf(row.getString("step")),
            Level.valueOf(row.getString("previous")),
            Level.valueOf(row.getString("level"))),
        Instant.ofEpochMilli(row.getLong("decided_at")),
        new Fate(
            RowState.of(row.getInt("state")).name().toLowerCase(Locale.ROOT),
            Instant.ofEpochMilli(row.getLong("due")),
            row.getInt("attempts"),
            row.getInt("maybe_arrived") == 1,
            time(row, "ended_at"),
            reason == null ? "" : reason));
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
