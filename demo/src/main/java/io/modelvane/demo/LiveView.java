package io.modelvane.demo;

import io.modelvane.demo.Screen.Tone;
import java.time.Duration;
import java.util.OptionalLong;

/** Looks at the parts and shows what it sees. For one thread. */
final class LiveView {
  private final DemoParts parts;
  private final TrafficGenerator traffic;
  private final AlertJournal journal;
  private final Screen screen;
  private final StatusWatch statuses = new StatusWatch();
  private final RateMeter rate = new RateMeter(Duration.ofSeconds(3));
  private final long startNanos = System.nanoTime();
  private OptionalLong peakKilobytes = OptionalLong.empty();

  LiveView(DemoParts parts, TrafficGenerator traffic, AlertJournal journal, Screen screen) {
    this.parts = parts;
    this.traffic = traffic;
    this.journal = journal;
    this.screen = screen;
  }

  void refresh() {
    for (StatusWatch.Change change : statuses.look(parts.store())) {
      screen.say(
          tone(change.to()),
          "   %s -> %s  %s %s"
              .formatted(change.from(), change.to(), change.check(), change.model()));
    }
    Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
    long messages = traffic.counts().messages();
    PrometheusText metrics = parts.product().metrics();
    screen.show(
        new Snapshot(
            elapsed,
            rate.at(elapsed, messages),
            messages,
            parts.store().count("algorithmia"),
            Math.round(metrics.sum("modelvane_source_lag", "")),
            Math.round(
                metrics.sum("modelvane_pipeline_dead_letters_total", "pipeline=\"metrics\"")),
            journal.size(),
            statuses.troubles()));
    parts.product().residentKilobytes().ifPresent(this::noteMemory);
  }

  /** The most memory that the product was seen to hold. */
  OptionalLong peakKilobytes() {
    return peakKilobytes;
  }

  private void noteMemory(long kilobytes) {
    peakKilobytes = OptionalLong.of(Math.max(kilobytes, peakKilobytes.orElse(0)));
  }

  private static Tone tone(String level) {
    return switch (level) {
      case "ok" -> Tone.GOOD;
      case "crit" -> Tone.BAD;
      default -> Tone.DOUBTFUL;
    };
  }
}
