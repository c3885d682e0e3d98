package io.modelvane.alerting.why;

import io.modelvane.alerting.outbox.DecisionRecord;
import io.modelvane.alerting.outbox.Outbox;
import io.modelvane.alerting.outbox.OutboxView;
import io.modelvane.alerting.outbox.OutboxView.Planned;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.StateStore;
import io.modelvane.spi.Status;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Tells an incident from its first bad value on, in order. */
public final class Story {
  private final Chronicle chronicle;
  private final OutboxView view;
  private final Outbox outbox;

  /** Stories from what is kept. */
  public Story(Chronicle chronicle, OutboxView view, Outbox outbox) {
    this.chronicle = chronicle;
    this.view = view;
    this.outbox = outbox;
  }

  /** The story of an incident. */
  public List<Chapter> tell(StateStore store, String incident) throws ComponentException {
    List<Chapter> story = new ArrayList<>();
    story.addAll(store.read(connection -> levelsAndFates(connection, incident)));
    for (DecisionRecord decision : outbox.decisions(incident)) {
      story.add(chapter(decision));
    }
    story.sort(Comparator.comparing(Chapter::at).thenComparing(chapter -> order(chapter.kind())));
    return story;
  }

  /**
   * What is of one millisecond: first what was found, then what was decided, then what came of it.
   */
  private static int order(String kind) {
    return switch (kind) {
      case "level" -> 0;
      case "sent", "not_sent", "waits" -> 2;
      default -> 1;
    };
  }

  private List<Chapter> levelsAndFates(Connection connection, String incident) throws SQLException {
    List<Chapter> story = new ArrayList<>();
    for (Verdict verdict : chronicle.of(connection, incident)) {
      story.add(chapter(verdict));
    }
    for (Planned planned : view.notificationsOf(connection, incident)) {
      story.add(fate(planned, ""));
    }
    for (Planned planned : view.groupNotificationsOf(connection, incident)) {
      story.add(fate(planned, "of its group " + planned.told().incident() + " "));
    }
    return story;
  }

  static Chapter chapter(Verdict verdict) {
    String what =
        verdict.step() == IncidentStep.OPENED
            ? "opened at %s".formatted(verdict.status().level().text())
            : "went from %s to %s"
                .formatted(verdict.previous().text(), verdict.status().level().text());
    return new Chapter(
        verdict.status().time(),
        "level",
        "%s: %s (%s)".formatted(what, verdict.status().message(), inputs(verdict)));
  }

  /** What a verdict rested on. */
  static String inputs(Verdict verdict) {
    Status status = verdict.status();
    StringJoiner inputs = new StringJoiner(", ");
    status.value().ifPresent(value -> inputs.add("value " + value));
    for (Map.Entry<String, String> detail : new TreeMap<>(status.details()).entrySet()) {
      inputs.add(detail.getKey() + " " + detail.getValue());
    }
    inputs.add("of " + status.sourceTime());
    verdict.complete().ifPresent(time -> inputs.add("all had arrived until " + time));
    return inputs.toString();
  }

  /** Why somebody is told, or is not. */
  static Chapter chapter(DecisionRecord decision) {
    StringJoiner words = new StringJoiner(", ");
    words.add(decision.kind().text().replace('_', ' '));
    if (!decision.endpoint().isEmpty()) {
      words.add("endpoint " + decision.endpoint());
    }
    if (!decision.rule().isEmpty()) {
      words.add("rule " + decision.rule());
    }
    if (!decision.source().isEmpty()) {
      words.add("by " + decision.source());
    }
    if (!decision.until().equals(Instant.MAX)) {
      words.add("until " + decision.until());
    }
    String reason = decision.reason().isEmpty() ? "" : ": " + decision.reason();
    return new Chapter(decision.at(), decision.kind().text(), words + reason);
  }

  /** What is wrong with an endpoint now. */
  private String trouble(String endpoint) {
    String reason = outbox.conditions().of("endpoint " + endpoint).reason();
    return reason.isEmpty() ? "" : "; now " + reason;
  }

  /** What came of a notification. */
  private Chapter fate(Planned planned, String about) {
    OutboxView.Fate fate = planned.fate();
    String endpoint = planned.told().endpoint();
    String reason = fate.reason().isEmpty() ? "" : ": " + fate.reason();
    String attempts = fate.attempts() == 1 ? "1 attempt" : fate.attempts() + " attempts";
    if (fate.ended().isEmpty()) {
      return new Chapter(
          fate.due().isAfter(planned.decidedAt()) ? fate.due() : planned.decidedAt(),
          "waits",
          "%s has not been told %syet, after %s; next not before %s%s%s"
              .formatted(endpoint, about, attempts, fate.due(), reason, trouble(endpoint)));
    }
    Instant ended = fate.ended().get();
    if (!fate.state().equals("sent")) {
      return new Chapter(
          ended,
          "not_sent",
          "%s was not told %s(%s)%s".formatted(endpoint, about, fate.state(), reason));
    }
    Duration after = Duration.between(planned.decidedAt(), ended);
    return new Chapter(
        ended,
        "sent",
        "%s was told %s%d ms after the decision, with %s%s"
            .formatted(endpoint, about, after.toMillis(), attempts, reason));
  }
}
