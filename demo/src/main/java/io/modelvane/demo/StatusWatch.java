package io.modelvane.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sees in the stored statuses where a check changed its mind about a model. */
final class StatusWatch {
  private static final String LATEST =
      "SELECT _check_name, algorithm_name, _level FROM statuses"
          + " LATEST ON timestamp PARTITION BY _check_name, algorithm_name";

  private final Map<Subject, String> levels = new HashMap<>();

  private record Subject(String check, String model) {}

  /** One change. */
  record Change(String check, String model, String from, String to) {}

  /** Asks the store, and says what changed since the last time. */
  List<Change> look(QuestDbStore store) {
    return compare(store.query(LATEST).rows());
  }

  /**
   * Compares with the last time; what was never seen counts as {@code ok}.
   *
   * @param latest check, model and level of the latest status of each
   */
  List<Change> compare(List<List<@Nullable Object>> latest) {
    List<Change> changes = new ArrayList<>();
    for (List<@Nullable Object> row : latest) {
      Subject subject = new Subject(text(row.get(0)), text(row.get(1)));
      String level = text(row.get(2));
      String before = Objects.requireNonNullElse(levels.put(subject, level), "ok");
      if (!before.equals(level)) {
        changes.add(new Change(subject.check(), subject.model(), before, level));
      }
    }
    return changes;
  }

  /** Who is not {@code ok}, for example {@code silence image_tagger crit}. */
  List<String> troubles() {
    return levels.entrySet().stream()
        .filter(entry -> !entry.getValue().equals("ok"))
        .map(e -> e.getKey().check() + " " + e.getKey().model() + " " + e.getValue())
        .sorted()
        .toList();
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(value);
  }
}
