package io.modelvane.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The last words of a demo.
 *
 * @param launchedAt when the user started it
 * @param silence how long a silence must last
 * @param residentKilobytes the product's memory
 */
record DemoSummary(
    AlertJournal journal, Instant launchedAt, Duration silence, OptionalLong residentKilobytes) {

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "notifications: %d; repeated: %d; without a reason: %d"
            .formatted(journal.size(), journal.repeats(), journal.unfounded()));
    lines.add("call to notification: " + journal.riskDelays().words());
    lines.add(
        "last call to silence alert: %s; limit %s"
            .formatted(journal.silenceDelays().words(), Latencies.words(silence)));
    journal
        .firstCrit()
        .ifPresent(
            at ->
                lines.add(
                    "first CRIT: %s after the launch"
                        .formatted(Latencies.words(Duration.between(launchedAt, at)))));
    residentKilobytes.ifPresent(kb -> lines.add("memory of the product: " + kb / 1024 + " MB"));
    return lines;
  }
}
