package io.modelvane.alerting.hours;

import io.modelvane.spi.Problems;
import java.util.HashSet;
import java.util.List;

/** What is wrong with hours beyond their single parts. */
public final class HoursValidation {
  private HoursValidation() {}

  /**
   * Reports days that are named twice, and hours that are none.
   *
   * @param problems gets them, with paths {@code days} and {@code to}
   */
  public static void run(List<Weekday> days, TimeOfDay from, TimeOfDay to, Problems problems) {
    if (new HashSet<>(days).size() < days.size()) {
      problems.add("days", "names a day twice; name each once");
    }
    if (from.minutes() == to.minutes() || from.minutes() == TimeOfDay.parse("24:00").minutes()) {
      problems.add(
          "to", "leaves no time after from; write from: 00:00 and to: 24:00 for whole days");
    }
  }
}
