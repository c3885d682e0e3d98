package io.modelvane.alerting.why;

import io.modelvane.alerting.outbox.OutboxView;
import io.modelvane.alerting.outbox.OutboxView.Planned;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Status;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Tells an incident from its first bad value on, in order. */
public final class Story {
  private final Chronicle chronicle;
  private final OutboxView outbox;

  /** Stories from what is kept. */
  public Story(Chronicle chronicle, OutboxView outbox) {
    this.chronicle = chronicle;
    this.outbox = outbox;
  }

  /** The story of an incident. */
  public List<Chapter> tell(Connection connection, String incident) throws SQLException {
    List<Chapter> story = new ArrayList<>();
    for (Verdict verdict : chronicle.of(connection, incident)) {
      story.add(chapter(verdict));
    }
    for (Planned planned : outbox.notificationsOf(connection, incident)) {
      story.add(planned(planned));
      story.add(fate(planned));
    }
    story.sort(Comparator.comparing(Chapter::at)); // stable: what is of one time stays in order
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

  private static Chapter planned(Planned planned) {
    String rule = planned.told().rule();
    String step = planned.change().step().name().toLowerCase(Locale.ROOT);
    String why =
        rule.isEmpty()
            ? "%s is to be told it %s, having been told before"
                .formatted(planned.told().endpoint(), step)
            : "rule %s wants %s told it %s".formatted(rule, planned.told().endpoint(), step);
    return new Chapter(planned.decidedAt(), "planned", why);
  }

  private static Chapter fate(Planned planned) {
    OutboxView.Fate fate = planned.fate();
    String endpoint = planned.told().endpoint();
    String reason = fate.reason().isEmpty() ? "" : ": " + fate.reason();
    String attempts = fate.attempts() == 1 ? "1 attempt" : fate.attempts() + " attempts";
    if (fate.ended().isEmpty()) {
      return new Chapter(
          fate.due().isAfter(planned.decidedAt()) ? fate.due() : planned.decidedAt(),
          "waits",
          "%s has not been told yet, after %s; next not before %s%s"
              .formatted(endpoint, attempts, fate.due(), reason));
    }
    Instant ended = fate.ended().get();
    if (!fate.state().equals("sent")) {
      return new Chapter(
          ended, "not_sent", "%s was not told (%s)%s".formatted(endpoint, fate.state(), reason));
    }
    Duration after = Duration.between(planned.decidedAt(), ended);
    return new Chapter(
        ended,
        "sent",
        "%s was told %d ms after the decision, with %s%s"
            .formatted(endpoint, after.toMillis(), attempts, reason));
  }
}
