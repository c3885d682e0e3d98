package io.modelvane.alerting.outbox;

import io.modelvane.alerting.history.Digest;
import io.modelvane.spi.Incident;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notification.Member;
import io.modelvane.spi.Series;
import io.modelvane.spi.Status;
import io.modelvane.spi.Tag;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells of several incidents as of one: what they share, how many there are, and the worst. */
final class Together {
  private static final int MOST_NAMED = 20;
  private static final Comparator<Member> WORST_FIRST =
      Comparator.comparingInt((Member member) -> -member.incident().level().severity())
          .thenComparing(member -> member.incident().since())
          .thenComparing(member -> member.incident().check())
          .thenComparing(member -> member.incident().series().head());

  private Together() {}

  /** Several notifications to one endpoint as one; the same for the same ones. */
  static Notification of(List<Notification> parts) {
    String id =
        Digest.of(parts.stream().map(Notification::id).sorted().toArray(String[]::new)).hex(32);
    List<Member> members =
        sorted(parts.stream().map(part -> new Member(part.incident(), part.status())).toList());
    Incident incident = incident("together-" + id, id, members);
    return new Notification(
        id,
        parts.get(0).rule(),
        incident,
        step(parts),
        worst(parts.stream().map(Notification::previous).toList()),
        status(incident, members),
        parts.stream().map(Notification::at).max(Instant::compareTo).orElseThrow(),
        parts.stream().mapToInt(Notification::attempt).max().orElseThrow(),
        parts.stream().anyMatch(Notification::possibleRepeat),
        parts.get(0).link(),
        Map.of(),
        members);
  }

  /** The worst first. */
  static List<Member> sorted(List<Member> members) {
    return members.stream().sorted(WORST_FIRST).toList();
  }

  /** What happened to all of them, or the worst of it. */
  private static IncidentStep step(List<Notification> parts) {
    Set<IncidentStep> steps = parts.stream().map(Notification::step).collect(Collectors.toSet());
    return List.of(
            IncidentStep.OPENED,
            IncidentStep.WORSENED,
            IncidentStep.REPEATED,
            IncidentStep.IMPROVED,
            IncidentStep.ACKNOWLEDGED)
        .stream()
        .filter(steps::contains)
        .findFirst()
        .orElse(IncidentStep.RESOLVED);
  }

  private static Level worst(List<Level> levels) {
    return levels.stream().max(Comparator.comparingInt(Level::severity)).orElse(Level.OK);
  }

  /** An incident that stands for its members. */
  static Incident incident(String id, String key, List<Member> members) {
    List<Incident> incidents = members.stream().map(Member::incident).toList();
    return new Incident(
        id,
        key,
        members.size() == 1 ? "1 incident" : members.size() + " incidents",
        series(incidents),
        worst(incidents.stream().map(Incident::level).toList()),
        worst(incidents.stream().map(Incident::worst).toList()),
        incidents.stream().map(Incident::since).min(Instant::compareTo).orElseThrow(),
        incidents.stream().mapToLong(Incident::breaches).sum());
  }

  /** The tags that all of them share. */
  private static Series series(List<Incident> incidents) {
    Set<Tag> shared = new HashSet<>(incidents.get(0).series().tags());
    Set<String> measurements = new HashSet<>();
    for (Incident incident : incidents) {
      shared.retainAll(new HashSet<>(incident.series().tags()));
      measurements.add(incident.series().measurement());
    }
    return Series.of(
        measurements.size() == 1 ? measurements.iterator().next() : "incidents",
        List.copyOf(shared));
  }

  /** A verdict that stands for those of its members. */
  static Status status(Incident incident, List<Member> members) {
    Instant time =
        members.stream().map(m -> m.status().time()).max(Instant::compareTo).orElseThrow();
    return new Status(
        incident.check(),
        "together",
        incident.series(),
        incident.level(),
        time,
        members.stream().map(m -> m.status().sourceTime()).max(Instant::compareTo).orElseThrow(),
        Optional.empty(),
        OptionalDouble.empty(),
        message(members),
        Map.of("incidents", Integer.toString(members.size())));
  }

  /** {@code 2 crit, 1 warn: risky [ml,model=a] (crit); ...}. */
  private static String message(List<Member> members) {
    Map<Level, Integer> counts = new EnumMap<>(Level.class);
    members.forEach(member -> counts.merge(member.incident().level(), 1, Integer::sum));
    String counted =
        counts.entrySet().stream()
            .sorted(Comparator.comparingInt(entry -> -entry.getKey().severity()))
            .map(entry -> entry.getValue() + " " + entry.getKey().text())
            .collect(Collectors.joining(", "));
    String named =
        members.stream().limit(MOST_NAMED).map(Together::named).collect(Collectors.joining("; "));
    int more = members.size() - MOST_NAMED;
    return counted + ": " + named + (more > 0 ? "; and %d more".formatted(more) : "");
  }

  private static String named(Member member) {
    Incident incident = member.incident();
    return "%s [%s] %s".formatted(incident.check(), incident.series(), incident.level().text());
  }
}
