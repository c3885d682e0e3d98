package io.modelvane.alerting.check;

import io.modelvane.spi.Level;
import java.util.Map;
import java.util.Optional;

/** Why a value has its level, in words and as details. */
final class Reasons {
  private Reasons() {}

  /** Ends the sentence that begins with the value, and fills in the details. */
  static String of(Ladder ladder, Standing standing, double value, Map<String, String> details) {
    if (!Double.isNaN(standing.worst())) {
      details.put("worst", Figures.exact(standing.worst()));
    }
    if (!standing.requestId().isEmpty()) {
      details.put("request_id", standing.requestId());
    }
    Level level = standing.level();
    Optional<Condition> condition = ladder.condition(level);
    if (condition.isEmpty()) {
      return "";
    }
    details.put("threshold", condition.get().toString());
    return condition.get().test(value)
        ? ", %s is %s".formatted(level.text(), condition.get())
        : ", %s lasts until %s"
            .formatted(
                level.text(), ladder.recovery(level).map(Condition::toString).orElse("it changes"));
  }
}
