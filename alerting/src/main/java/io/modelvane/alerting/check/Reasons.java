package io.modelvane.alerting.check;

import io.modelvane.spi.Level;
import java.util.Map;
import java.util.Optional;

/** Why a value has its level, in words and as details. */
final class Reasons {
  static final String NEW = "; new still, it raises nothing";

  static final String CHANGED = "the check was changed and has not judged anew yet";

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
    Optional<Criterion> criterion = ladder.criterion(level);
    if (criterion.isEmpty()) {
      return "";
    }
    details.put("threshold", criterion.get().toString());
    String what =
        criterion.get().test(value)
            ? "is " + criterion.get()
            : lasting(ladder, standing, value, criterion.get());
    return ", %s %s".formatted(level.text(), what);
  }

  /** Why a level lasts that is not reached. */
  private static String lasting(
      Ladder ladder, Standing standing, Estimate value, Criterion criterion) {
    Damping damping = ladder.damping();
    Optional<Criterion> recovery = ladder.recovery(standing.level());
    if (ladder.isKept(standing)) {
      return "is kept for %s after the last bad value"
          .formatted(Figures.duration(damping.keepNanos()));
    } else if (damping.require().looksBack()
        && (recovery.isEmpty() || recovery.get().test(value))) {
      return "since %d of the last %d were %s"
          .formatted(damping.require().least(), damping.require().of(), criterion);
    }
    return "lasts until " + recovery.map(Criterion::toString).orElse("it changes");
  }
}
