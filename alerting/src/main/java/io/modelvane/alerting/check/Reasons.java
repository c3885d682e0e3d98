package io.modelvane.alerting.check;

import io.modelvane.spi.Level;
import java.util.Map;
import java.util.Optional;

/** Why a value has its level, in words and as details. */
final class Reasons {
  private Reasons() {}

  /** Ends the sentence that begins with the value, and fills in the details. */
  static String of(Ladder ladder, Standing standing, Estimate value, Map<String, String> details) {
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
    String what =
        condition.get().test(value.low(), value.high())
            ? "is " + condition.get()
            : lasting(ladder, standing, value, condition.get());
    return ", %s %s".formatted(level.text(), what);
  }

  /** Why a level lasts whose condition does not hold. */
  private static String lasting(
      Ladder ladder, Standing standing, Estimate value, Condition condition) {
    Damping damping = ladder.damping();
    Optional<Condition> recovery = ladder.recovery(standing.level());
    if (ladder.isKept(standing)) {
      return "is kept for %s after the last bad value"
          .formatted(Figures.duration(damping.keepNanos()));
    } else if (damping.require().looksBack()
        && (recovery.isEmpty() || recovery.get().test(value.low(), value.high()))) {
      return "since %d of the last %d were %s"
          .formatted(damping.require().least(), damping.require().of(), condition);
    }
    return "lasts until " + recovery.map(Condition::toString).orElse("it changes");
  }
}
