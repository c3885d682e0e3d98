package io.modelvane.alerting.rule;

import io.modelvane.spi.NotifierRef;
import io.modelvane.spi.Option;
import java.time.Duration;
import java.util.List;

/** Options: who else is told when nobody has acknowledged in time. */
public record EscalationLevel(
    @Option(
            description =
                "How long after the rule has told somebody, unless the incident is acknowledged by"
                    + " then or over.",
            min = "1m",
            example = "15m")
        Duration after,
    @Option(description = "Who is told then.", example = "[team-lead]") List<NotifierRef> notify_) {
  /** Copies the list. */
  public EscalationLevel {
    notify_ = List.copyOf(notify_);
  }

  /** Who is told then, each once. */
  public List<String> endpoints() {
    return notify_.stream().map(NotifierRef::name).distinct().toList();
  }
}
