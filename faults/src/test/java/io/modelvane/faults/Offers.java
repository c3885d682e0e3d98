package io.modelvane.faults;

import io.modelvane.testkit.ScriptedServer.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;

/**
 * Follows a rule that refuses everything, and remembers when each row was offered: how patient the
 * product is shows in the time between two offers of one row, however slow the machine.
 */
final class Offers implements Store.Rule {
  private final Store.Rule rule;
  private final Map<String, List<Long>> times = new ConcurrentHashMap<>();

  Offers(Store.Rule rule) {
    this.rule = rule;
  }

  @Override
  public Answer answer(List<String> lines, Store.Ledger ledger) {
    long now = System.nanoTime();
    for (String line : lines) {
      Matcher id = Store.ID.matcher(line);
      if (id.find()) {
        times
            .computeIfAbsent(id.group(1), any -> Collections.synchronizedList(new ArrayList<>()))
            .add(now);
      }
    }
    return rule.answer(lines, ledger);
  }

  /** How often the row was offered that was offered most often. */
  int most() {
    return favourite().size();
  }

  /** How long the first so many offers of that row took. */
  Duration took(int offers) {
    List<Long> all = favourite();
    return Duration.ofNanos(all.get(offers - 1) - all.get(0));
  }

  private List<Long> favourite() {
    return times.values().stream()
        .max(Comparator.comparingInt(List::size))
        .map(List::copyOf)
        .orElse(List.of());
  }
}
