package io.modelvane.alerting.outbox;

import io.modelvane.alerting.rule.Rules;
import io.modelvane.alerting.sql.Sql;
import io.modelvane.spi.Incident;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification.Member;
import io.modelvane.spi.StateStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The tables of groups: incidents that one rule tells one endpoint as one. A group is an incident
 * of the outbox itself, with an id that begins with {@value #PREFIX}.
 */
final class Groups {
  private static final String PREFIX = "group-";

  private final String groups;
  private final String members;
  private final String incidents;
  private final List<String> steps;

  Groups(StateStore store) {
    this.groups = store.table("outbox_groups");
    this.members = store.table("outbox_members");
    this.incidents = store.table("outbox_incidents");
    this.steps =
        List.of(
            "CREATE TABLE "
                + groups
                + " (id TEXT PRIMARY KEY, group_key TEXT NOT NULL, rule TEXT NOT NULL,"
                + " endpoint TEXT NOT NULL, told_at INTEGER NOT NULL)",
            "CREATE INDEX "
                + store.table("outbox_groups_by_key")
                + " ON "
                + groups
                + " (group_key)",
            "CREATE TABLE "
                + members
                + " (incident TEXT NOT NULL, group_id TEXT NOT NULL,"
                + " PRIMARY KEY (incident, group_id)) WITHOUT ROWID",
            "CREATE INDEX "
                + store.table("outbox_members_by_group")
                + " ON "
                + members
                + " (group_id)",
            "ALTER TABLE " + members + " ADD COLUMN joined_at INTEGER NOT NULL DEFAULT 0");
  }

  List<String> steps() {
    return steps;
  }

  /**
   * A group.
   *
   * @param id its id as an incident
   * @param key the same for all groups of the same rule, endpoint and values
   * @param rule the rule that groups
   * @param endpoint the notifier's name
   * @param toldAt when a message about it was planned to go out last
   */
  record Group(String id, String key, String rule, String endpoint, Instant toldAt) {
    /** The same, told at another time. */
    Group at(Instant time) {
      return new Group(id, key, rule, endpoint, time);
    }
  }

  static boolean isGroup(String incident) {
    return incident.startsWith(PREFIX);
  }

  static String id(String key, String firstMember) {
    return PREFIX + key + "-" + firstMember;
  }

  /** The group of a key that is not over. */
  Optional<Group> open(Connection connection, String key) throws SQLException {
    return Sql.of(
            "SELECT g.id, g.group_key, g.rule, g.endpoint, g.told_at FROM "
                + groups
                + " g JOIN "
                + incidents
                + " i ON i.id = g.id WHERE g.group_key = ? AND i.closed_at IS NULL",
            key)
        .first(connection, Groups::map);
  }

  /** The groups that are not over and that an incident is in. */
  List<Group> with(Connection connection, String incident) throws SQLException {
    return Sql.of(
            "SELECT g.id, g.group_key, g.rule, g.endpoint, g.told_at FROM "
                + members
                + " m JOIN "
                + groups
                + " g ON g.id = m.group_id JOIN "
                + incidents
                + " i ON i.id = g.id WHERE m.incident = ? AND i.closed_at IS NULL ORDER BY g.id",
            incident)
        .list(connection, Groups::map);
  }

  /** Keeps a group. */
  void put(Connection connection, Group group) throws SQLException {
    Sql.of(
            "INSERT OR REPLACE INTO " + groups + " VALUES (?,?,?,?,?)",
            group.id(),
            group.key(),
            group.rule(),
            group.endpoint(),
            group.toldAt().toEpochMilli())
        .update(connection);
  }

  /** Puts an incident into a group; whether it is new there. */
  boolean join(Moment moment, String group, String incident) throws SQLException {
    return Sql.of(
                "INSERT OR IGNORE INTO " + members + " VALUES (?,?,?)",
                incident,
                group,
                moment.now().toEpochMilli())
            .update(moment.connection())
        > 0;
  }

  /** Takes an incident out of a group. */
  void leave(Connection connection, String group, String incident) throws SQLException {
    Sql.of("DELETE FROM " + members + " WHERE group_id = ? AND incident = ?", group, incident)
        .update(connection);
  }

  /** The members that joined after a time and are not over. */
  List<Incident> joinedAfter(Connection connection, String group, Instant time)
      throws SQLException {
    return Sql.of(
            "SELECT i.incident FROM "
                + members
                + " m JOIN "
                + incidents
                + " i ON i.id = m.incident WHERE m.group_id = ? AND m.joined_at > ?"
                + " AND i.closed_at IS NULL ORDER BY i.id",
            group,
            time.toEpochMilli())
        .list(connection, row -> IncidentCodec.incident(row.getBytes(1)));
  }

  /**
   * Whether there is anything to tell of a group that was told at a time: a member that joined or
   * moved since. Not one that both joined and ended since.
   */
  boolean movedAfter(Connection connection, String group, Instant time) throws SQLException {
    long since = time.toEpochMilli();
    return Sql.of(
            "SELECT 1 FROM "
                + members
                + " m JOIN "
                + incidents
                + " i ON i.id = m.incident WHERE m.group_id = ?"
                + " AND (m.joined_at > ? OR i.moved_at > ?)"
                + " AND (i.closed_at IS NULL OR m.joined_at <= ?) LIMIT 1",
            group,
            since,
            since,
            since)
        .first(connection, row -> true)
        .isPresent();
  }

  /** The members that are not over, or all of them if all are. */
  List<Member> members(Connection connection, String group) throws SQLException {
    List<Member> all =
        Sql.of(
                "SELECT i.incident, i.status FROM "
                    + members
                    + " m JOIN "
                    + incidents
                    + " i ON i.id = m.incident WHERE m.group_id = ? ORDER BY i.id",
                group)
            .list(
                connection,
                row ->
                    new Member(
                        IncidentCodec.incident(row.getBytes(1)),
                        IncidentCodec.status(row.getBytes(2))));
    List<Member> open =
        all.stream().filter(member -> member.incident().level() != Level.OK).toList();
    return Together.sorted(open.isEmpty() ? all : open);
  }

  /** The rules that are about an incident, or about a group, as it stands. */
  Set<String> lasting(Connection connection, Rules rules, Incident incident) throws SQLException {
    if (!isGroup(incident.id())) {
      return rules.lasting(incident);
    }
    Optional<String> rule =
        find(connection, incident.id()).map(Group::rule).filter(rules::contains);
    for (Member member :
        rule.isPresent() ? members(connection, incident.id()) : List.<Member>of()) {
      if (rules.lasting(member.incident()).contains(rule.get())) {
        return Set.of(rule.get());
      }
    }
    return Set.of();
  }

  /** A group by its id. */
  Optional<Group> find(Connection connection, String id) throws SQLException {
    return Sql.of(
            "SELECT id, group_key, rule, endpoint, told_at FROM " + groups + " WHERE id = ?", id)
        .first(connection, Groups::map);
  }

  /** Forgets a group, or that an incident is in groups. */
  void forget(Connection connection, String incident) throws SQLException {
    Sql.of("DELETE FROM " + members + " WHERE incident = ?", incident).update(connection);
    if (isGroup(incident)) {
      Sql.of("DELETE FROM " + members + " WHERE group_id = ?", incident).update(connection);
      Sql.of("DELETE FROM " + groups + " WHERE id = ?", incident).update(connection);
    }
  }

  private static Group map(ResultSet row) throws SQLException {
    return new Group(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        Instant.ofEpochMilli(row.getLong(5)));
  }
}
