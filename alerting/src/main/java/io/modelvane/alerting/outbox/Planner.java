package io.modelvane.alerting.outbox;

import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.alerting.incident.IncidentChange.Closing;
import io.modelvane.alerting.outbox.Decisions.About;
import io.modelvane.alerting.outbox.Decisions.Decided;
import io.modelvane.alerting.response.Response.Acknowledgement;
import io.modelvane.alerting.rule.Decision;
import io.modelvane.alerting.rule.Policy;
import io.modelvane.alerting.rule.Rules;
import io.modelvane.alerting.rule.Suppression;
import io.modelvane.spi.Incident;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Turns steps of incidents, and the passing of time, into rows of the outbox. Writes only. */
final class Planner {
  private static final int MOST_AT_ONCE = 500;

  /** What has waited longer is told in spite of an incident that explains it. */
  static final Duration EXPLAINED_AFTER = Duration.ofSeconds(10);

  private final Rules rules;
  private final Endpoints endpoints;
  private final Tables tables;
  private final Quiet quiet;
  private final Desk desk;
  private final Clocks clocks;
  private final Holding holding;
  private final Reminding reminding;
  private final Escalating escalating;
  private final Beginnings beginnings;

  Planner(Policy policy, Endpoints endpoints, Tables tables, Quiet quiet) {
    this.rules = policy.rules();
    this.endpoints = endpoints;
    this.tables = tables;
    this.quiet = quiet;
    this.desk = new Desk(rules, tables);
    this.clocks = new Clocks(rules, tables);
    this.holding = new Holding(policy, tables, desk);
    this.reminding = new Reminding(rules, tables, desk);
    this.escalating = new Escalating(rules, tables, desk);
    this.beginnings = new Beginnings(policy.maintenance());
  }

  /** One transaction at one time. */
  Moment at(Connection connection, Instant now) {
    return new Moment(connection, now, quiet);
  }

  Holding holding() {
    return holding;
  }

  Clocks clocks() {
    return clocks;
  }

  /** Plans what follows from steps of incidents, in their order. */
  void steps(Moment moment, List<IncidentChange> changes) throws SQLException {
    for (IncidentChange change : changes) {
      step(moment, change);
    }
    settle(moment);
  }

  private void step(Moment moment, IncidentChange change) throws SQLException {
    Incident incident = change.incident();
    String id = tables.incidents().step(moment.connection(), change, moment.now());
    boolean opens = change.step() == IncidentStep.OPENED;
    moment.fresh(opens ? incident.id() : "");
    if (change.closing().isPresent()) {
      closed(moment, incident, change.closing().get());
    }
    Standing standing = Standing.read(moment, tables, incident.id());
    Map<String, String> informed = standing.informed();
    informed.keySet().removeIf(endpoint -> !endpoints.hears(endpoint));
    Map<String, Integer> counts =
        tables.planned().counts().count(moment.connection(), change, rules.counting(change));
    Decision decision = rules.decide(change, informed.keySet(), counts);
    if (change.step() == IncidentStep.RESOLVED) {
      clocks.endAll(moment, incident.id());
      resolved(moment, incident, new Ends(wishes(change, decision, informed), standing, id));
      for (HeldRow row : standing.held()) {
        holding.cancel(moment, row, incident, "the incident ended before it was told");
      }
    } else {
      clocks.end(moment, incident.id(), decision.ended());
      for (Wish wish : wishes(change, decision, informed)) {
        var unused = desk.tell(moment, wish, id);
      }
      giveUp(moment, incident, standing, decision);
    }
    Map<String, String> missing = rules.missing(counts);
    for (Map.Entry<String, String> rule : missing.entrySet()) {
      unwanted(
          moment, change, id, Decided.of(DecisionKind.UNWANTED, rule.getKey(), rule.getValue()));
    }
    if (decision.told().isEmpty() && missing.isEmpty()) {
      unwanted(moment, change, id, Decided.of(DecisionKind.UNWANTED, "", unwanted(change)));
    }
    moment.fresh("");
    if (!opens) {
      desk.grouping().moved(moment, incident);
    }
    inhibit(moment, incident);
  }

  private void closed(Moment moment, Incident incident, Closing closing) throws SQLException {
    Decided decided = Decided.by(DecisionKind.CLOSED, closing.author(), closing.comment());
    tables.decisions().add(moment, About.incident(incident.id()), decided);
  }

  private static List<Wish> wishes(
      IncidentChange change, Decision decision, Map<String, String> informed) {
    List<Wish> wishes = new ArrayList<>();
    for (Decision.Told told : decision.told()) {
      List<String> asking =
          told.rules().isEmpty()
              ? Stream.of(informed.getOrDefault(told.endpoint(), ""))
                  .filter(rule -> !rule.isEmpty())
                  .toList()
              : told.rules();
      wishes.add(
          new Wish(change.incident(), told.endpoint(), asking, change.step(), change.previous()));
    }
    return wishes;
  }

  /** The ends of an incident that are to be told, if anything is. */
  private record Ends(List<Wish> wishes, Standing standing, String id) {}

  /**
   * Once anybody was told of the incident, everybody is told of its end who is to be. Those for
   * whom its beginning was kept back have heard of nothing, and hear of no end.
   */
  private void resolved(Moment moment, Incident incident, Ends ends) throws SQLException {
    Standing standing = ends.standing();
    String id = ends.id();
    boolean known =
        !standing.informed().isEmpty()
            || !tables.groups().with(moment.connection(), incident.id()).isEmpty();
    for (Wish wish : ends.wishes()) {
      boolean inGroup = desk.grouping().isFor(wish.firstRule(), wish.endpoint());
      boolean heard =
          standing.informed().containsKey(wish.endpoint())
              || (!inGroup && standing.held(wish.endpoint()).isEmpty());
      if (heard && known) {
        desk.tellAlways(moment, wish, id);
      } else if (heard) {
        desk.tellEnd(moment, wish, id);
      }
    }
  }

  /** Gives up what is kept back only for rules that are not about the incident any more. */
  private void giveUp(Moment moment, Incident incident, Standing standing, Decision decision)
      throws SQLException {
    Set<String> told = new HashSet<>();
    decision.told().forEach(each -> told.add(each.endpoint()));
    for (HeldRow row : standing.held()) {
      boolean over = !row.rules().isEmpty() && decision.ended().containsAll(row.rules());
      if (over && !told.contains(row.endpoint()) && row.step() != IncidentStep.REPEATED) {
        holding.cancel(moment, row, incident, "no rule is about its level any more");
      }
    }
  }

  private void unwanted(Moment moment, IncidentChange change, String id, Decided decided)
      throws SQLException {
    Wish nobody = new Wish(change.incident(), "", List.of(), change.step(), change.previous());
    tables.decisions().add(moment, nobody, id, decided);
  }

  private static String unwanted(IncidentChange change) {
    return "no rule is about a step from %s to %s of this check and series"
        .formatted(change.previous().text(), change.incident().level().text());
  }

  /** Tells everybody who was told of an incident, and waits for nothing of it, who sees to it. */
  void acknowledged(Moment moment, Incident incident) throws SQLException {
    Standing standing = Standing.read(moment, tables, incident.id());
    String id = tables.incidents().nextId(moment.connection(), incident.id());
    for (Map.Entry<String, String> told : standing.told().entrySet()) {
      if (endpoints.hears(told.getKey()) && standing.live(told.getKey()).isEmpty()) {
        List<String> rule = told.getValue().isEmpty() ? List.of() : List.of(told.getValue());
        Wish wish =
            new Wish(incident, told.getKey(), rule, IncidentStep.ACKNOWLEDGED, incident.level());
        desk.tellAlways(moment, wish, id);
      }
    }
  }

  /**
   * The beginning of an incident has reached an endpoint. When somebody has come to see to it while
   * that was on its way, this is told now: a receiver that pages would go on.
   */
  void begun(Moment moment, OutboxRow row) throws SQLException {
    String id = row.target().incident();
    boolean meanwhile =
        row.step() == IncidentStep.OPENED
            && moment
                .acknowledgement(id)
                .filter(said -> !said.at().isBefore(row.decidedAt()))
                .isPresent();
    Optional<Incident> incident =
        meanwhile
            ? tables.incidents().find(moment.connection(), id).map(Incidents.Known::incident)
            : Optional.empty();
    String endpoint = row.target().endpoint();
    if (incident.isPresent()
        && incident.get().level() != Level.OK
        && Standing.read(moment, tables, id).live(endpoint).isEmpty()) {
      List<String> rule = row.rule().isEmpty() ? List.of() : List.of(row.rule());
      Wish wish =
          new Wish(
              incident.get(), endpoint, rule, IncidentStep.ACKNOWLEDGED, incident.get().level());
      desk.tellAlways(moment, wish, tables.incidents().nextId(moment.connection(), id));
    }
  }

  /** Reminds everybody who was told of an incident that it lasts, and begins to wait anew. */
  void unacknowledged(Moment moment, Incident incident) throws SQLException {
    Set<String> lasting = tables.groups().lasting(moment.connection(), rules, incident);
    Standing standing = Standing.read(moment, tables, incident.id());
    String id = tables.incidents().nextId(moment.connection(), incident.id());
    for (String endpoint : standing.told().keySet()) {
      List<String> asking =
          lasting.stream().filter(rule -> desk.isTold(incident, rule, endpoint)).toList();
      Wish wish = new Wish(incident, endpoint, asking, IncidentStep.REPEATED, incident.level());
      boolean quiet =
          standing.live(endpoint).stream().anyMatch(row -> row.step() != IncidentStep.ACKNOWLEDGED)
              || standing.held(endpoint).isPresent()
              || desk.suppression(moment, wish).isPresent();
      if (endpoints.names(endpoint) && !quiet) {
        desk.tellAlways(moment, wish, id);
      }
    }
    clocks.resume(moment, incident);
  }

  /** Tells of what happened in groups. */
  private void settle(Moment moment) throws SQLException {
    desk.grouping().settle(moment);
  }

  /** Who sees to an incident. */
  Optional<Acknowledgement> acknowledgement(Connection connection, String incident)
      throws SQLException {
    return quiet.response(connection, incident).acknowledged();
  }

  /** An incident may explain others from now on, or not any more. */
  private void inhibit(Moment moment, Incident incident) throws SQLException {
    switch (tables.inhibitors().update(moment.connection(), incident)) {
      case BEGUN -> {
        settle(moment);
        holding.withdraw(moment, moment.now().minus(EXPLAINED_AFTER));
      }
      case ENDED ->
          tables
              .held()
              .lookAgain(
                  moment.connection(), Suppression.Kind.INHIBITION, incident.id(), moment.now());
      case NONE -> {}
    }
  }

  /**
   * Plans what is due by time.
   *
   * @return whether there may be more of it
   */
  boolean tick(Moment moment) throws SQLException {
    if (beginnings.look(moment)) {
      holding.withdraw(moment, Instant.EPOCH);
    }
    int released = holding.run(moment, MOST_AT_ONCE);
    settle(moment);
    int reminded = reminding.run(moment, MOST_AT_ONCE);
    int escalated = escalating.run(moment, MOST_AT_ONCE);
    settle(moment);
    return Math.max(released, Math.max(reminded, escalated)) == MOST_AT_ONCE;
  }

  /** A silence was made, which may start later. By any thread. */
  void silenced() {
    beginnings.more();
  }

  /** What was planned by time was rolled back. */
  void undone() {
    beginnings.forget();
  }

  /** When there is something to do again. */
  Instant next(Connection connection) throws SQLException {
    return Stream.of(
            tables.held().next(connection),
            tables.reminders().next(connection),
            tables.escalations().next(connection),
            Optional.of(beginnings.next()))
        .flatMap(Optional::stream)
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }
}
