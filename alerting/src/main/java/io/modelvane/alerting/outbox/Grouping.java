package io.modelvane.alerting.outbox;

import io.modelvane.alerting.history.Digest;
import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.alerting.outbox.Decisions.Decided;
import io.modelvane.alerting.outbox.Groups.Group;
import io.modelvane.alerting.rule.GroupOptions;
import io.modelvane.alerting.rule.Rules;
import io.modelvane.spi.Incident;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification.Member;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Moves groups as their members move, and plans what is told of them. */
final class Grouping {
  private final Rules rules;
  private final Tables tables;
  private final Mailing mailing;
  private final Clocks clocks;
  private final GroupAttention attention;

  Grouping(Rules rules, Tables tables, Mailing mailing, Clocks clocks) {
    this.rules = rules;
    this.tables = tables;
    this.mailing = mailing;
    this.clocks = clocks;
    this.attention = new GroupAttention(tables, mailing, clocks);
  }

  /** Whether a rule tells this endpoint of groups. */
  boolean isFor(String rule, String endpoint) {
    return rules.group(rule).isPresent() && rules.tells(rule, endpoint);
  }

  /** Takes an incident into its group, of which is told when it is settled. */
  void join(Moment moment, Wish wish, String rule) throws SQLException {
    GroupOptions options = rules.group(rule).orElseThrow();
    List<String> parts = new ArrayList<>(List.of("group", rule, wish.endpoint()));
    parts.addAll(options.values(wish.incident()));
    String key = Digest.of(parts.toArray(new String[0])).hex(32);
    Optional<Group> open = goingOn(moment, key);
    if (open.isEmpty()) {
      String id = Groups.id(key, wish.incident().id());
      Group opened = new Group(id, key, rule, wish.endpoint(), moment.now());
      collected(moment, wish, opened, open(moment, opened, wish.incident()));
      return;
    }
    boolean joined = tables.groups().join(moment, open.get().id(), wish.incident().id());
    if (joined) {
      attention.joined(moment, open.get(), wish.incident());
    }
    news(moment, open.get()).tell(wish, joined);
  }

  /** The group of a key that is not over. Those that have ended may have been the last in it. */
  private Optional<Group> goingOn(Moment moment, String key) throws SQLException {
    Optional<Group> open = tables.groups().open(moment.connection(), key);
    if (open.isPresent() && moment.groupNews().containsKey(open.get().id())) {
      GroupNews news = news(moment, open.get());
      if (news.hasEnded()) {
        moment.groupNews().remove(open.get().id());
        settle(moment, open.get().id(), news);
        return tables.groups().open(moment.connection(), key);
      }
    }
    return open;
  }

  private static GroupNews news(Moment moment, Group group) {
    return moment.groupNews().computeIfAbsent(group.id(), any -> new GroupNews());
  }

  /**
   * Tells of what happened in groups since this was called last; to be called before the commit.
   */
  void settle(Moment moment) throws SQLException {
    for (Map.Entry<String, GroupNews> each : moment.groupNews().entrySet()) {
      settle(moment, each.getKey(), each.getValue());
    }
    moment.groupNews().clear();
  }

  private void settle(Moment moment, String id, GroupNews news) throws SQLException {
    Optional<Group> found = tables.groups().find(moment.connection(), id);
    if (found.isEmpty() || !tables.incidents().isOpen(moment.connection(), id)) {
      return;
    }
    Group group = found.get();
    List<Member> members = tables.groups().members(moment.connection(), id);
    if (over(members)) {
      collected(moment, news, group, end(moment, group, members));
      return;
    } else if (news.isWorthTelling()) {
      collected(moment, news, group, move(moment, group, members, news.step()));
    } else {
      stands(moment, group, members);
    }
    if (news.hasEnded()) {
      attention.look(moment, group); // the one that is over may be the last nobody saw to
    }
  }

  private void collected(Moment moment, GroupNews news, Group group, Told told)
      throws SQLException {
    for (Wish wish : news.wishes()) {
      collected(moment, wish, group, told);
    }
  }

  /** The story of an incident goes on in the message of its group. */
  private void collected(Moment moment, Wish wish, Group group, Told told) throws SQLException {
    String reason = "told with its group, not before " + told.due();
    Decided decided = Decided.of(DecisionKind.COLLECTED, group.rule(), reason).dueTo(group.id());
    tables.decisions().add(moment, wish, told.id(), decided);
  }

  private Told open(Moment moment, Group group, Incident first) throws SQLException {
    var unusedToo = tables.groups().join(moment, group.id(), first.id());
    List<Member> members = tables.groups().members(moment.connection(), group.id());
    Instant due = moment.now().plus(rules.group(group.rule()).orElseThrow().wait_());
    return tell(moment, group, members, new Step(IncidentStep.OPENED, Level.OK, due));
  }

  /** Something changed inside: told when the interval is over. */
  private Told move(Moment moment, Group group, List<Member> members, IncidentStep step)
      throws SQLException {
    Instant next =
        rules
            .group(group.rule())
            .map(options -> group.toldAt().plus(options.interval()))
            .orElse(moment.now());
    Instant due = next.isBefore(moment.now()) ? moment.now() : next;
    return tell(moment, group, members, new Step(step, level(moment, group), due));
  }

  private Level level(Moment moment, Group group) throws SQLException {
    return tables
        .incidents()
        .find(moment.connection(), group.id())
        .map(known -> known.incident().level())
        .orElse(Level.OK);
  }

  /** A member moved: the groups it is in stand where it leads. */
  void moved(Moment moment, Incident member) throws SQLException {
    for (Group group : tables.groups().with(moment.connection(), member.id())) {
      GroupNews news = news(moment, group);
      if (member.level() == Level.OK) {
        news.end();
      }
    }
  }

  private static boolean over(List<Member> members) {
    return members.stream().allMatch(each -> each.incident().level() == Level.OK);
  }

  /** A group stands where its members are, and is over when they all are. */
  void stands(Moment moment, Group group, List<Member> members) throws SQLException {
    if (over(members)) {
      var unused = end(moment, group, members);
    } else {
      Incident now = Together.incident(group.id(), group.key(), members);
      tables.incidents().stands(moment.connection(), now, Together.status(now, members));
    }
  }

  /** It is over: everybody who was told of it is told so, at once. */
  private Told end(Moment moment, Group group, List<Member> members) throws SQLException {
    Level before = level(moment, group);
    clocks.endAll(moment, group.id());
    Set<String> others =
        new LinkedHashSet<>(Standing.read(moment, tables, group.id()).informed().keySet());
    others.remove(group.endpoint());
    Step step = new Step(IncidentStep.RESOLVED, before, moment.now());
    Told told = tell(moment, group, members, step);
    for (String other : others) {
      Wish wish = new Wish(told.incident(), other, List.of(), IncidentStep.RESOLVED, before);
      mailing.send(moment, wish, group.rule(), told.id());
    }
    return told;
  }

  /** What was told of a group. */
  private record Told(Incident incident, String id, Instant due) {}

  /** What happened to a group, how it stood before, and when that is told. */
  private record Step(IncidentStep step, Level previous, Instant due) {}

  private Told tell(Moment moment, Group group, List<Member> members, Step step)
      throws SQLException {
    Incident incident = Together.incident(group.id(), group.key(), members);
    IncidentChange change =
        new IncidentChange(
            incident, step.step(), step.previous(), Together.status(incident, members));
    String id = tables.incidents().step(moment.connection(), change, moment.now());
    List<String> asking = List.of(group.rule());
    Wish wish = new Wish(incident, group.endpoint(), asking, step.step(), step.previous());
    // What happens within the hours of a rule is told within them, as it is of a single incident.
    Instant end = rules.hoursEnd(group.rule(), moment.now()).orElse(Instant.MAX);
    Instant last = step.due().isAfter(end) ? end : step.due();
    Instant planned = mailing.send(moment, wish, new Mailing.Letter(group.rule(), id, last));
    tables
        .groups()
        .put(
            moment.connection(),
            new Group(group.id(), group.key(), group.rule(), group.endpoint(), planned));
    if (step.step() != IncidentStep.RESOLVED) {
      clocks.begin(moment, wish, asking);
    }
    return new Told(incident, id, planned);
  }
}
