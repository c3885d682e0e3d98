package io.modelvane.demo;

import io.modelvane.demo.Alert.Endpoint;
import io.modelvane.demo.Screen.Tone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One run from the first process to the last word.
 *
 * <p>Everything happens on the caller's thread, but for what the receiver is told. A request to
 * stop interrupts that thread; what was started is then stopped in order.
 */
final class Demo {
  private static final Duration STEP = Duration.ofMillis(500);
  private static final Duration SETTLE_ALLOWANCE = Duration.ofSeconds(30);

  private final DemoSettings settings;
  private final DemoFolder folder;
  private final Screen screen;
  private final StopRequest stop;
  private final AlertJournal journal = new AlertJournal();

  Demo(DemoSettings settings, DemoFolder folder, Screen screen, StopRequest stop) {
    this.settings = settings;
    this.folder = folder;
    this.screen = screen;
    this.stop = stop;
  }

  /** Why a run did not do what it should. */
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1;

    Failed(String reason) {
      super(reason);
    }
  }

  /**
   * Runs until it is asked to stop, or until all was seen if it shall run once.
   *
   * @throws Failed when something is missing, or ended by itself
   */
  void run() throws Failed {
    List<String> summary = new ArrayList<>();
    try (DemoParts parts = new DemoParts(folder, settings)) {
      screen.say("Starting Kafka, a store and the product with its plugins...");
      parts.start();
      sayWhereToLook(parts);
      TrafficGenerator traffic = parts.startTraffic();
      parts.onRequest(request -> told(request, traffic));
      LiveView view = new LiveView(parts, traffic, journal, screen);
      watch(parts, view);
      if (!stop.isMade()) {
        summary.add(settle(parts));
      }
      summary.addAll(
          new DemoSummary(journal, settings.launchedAt(), settings.silence(), view.peakKilobytes())
              .lines());
      screen.clear();
      screen.say(stop.isMade() ? "Stopping..." : "All was seen.");
    }
    summary.forEach(screen::say);
    if (journal.repeats() > 0) {
      throw new Failed(journal.repeats() + " notifications came twice");
    }
  }

  private void sayWhereToLook(DemoParts parts) {
    screen.say("  store    " + parts.store().consoleUrl() + " (SELECT * FROM algorithmia)");
    screen.say("  health   " + parts.product().readyUrl());
    screen.say("  metrics  " + parts.product().metricsUrl());
    screen.say("  Kafka    " + parts.broker().bootstrapServers() + ", topic " + DemoParts.TOPIC);
    screen.say(
        "  folder   "
            + folder.path()
            + (folder.isKept() ? "" : " (removed at the end; --keep keeps it)"));
    screen.say(
        "%s turns risky for 4 s every 24 s, %s falls silent; %,.0f calls/s."
            .formatted(Model.RISKY, Model.SILENT, settings.rate()));
  }

  /** Shows what happens until it is enough. */
  private void watch(DemoParts parts, LiveView view) throws Failed {
    long deadline = System.nanoTime() + settings.patience().toNanos();
    while (!stop.isMade()) {
      view.refresh();
      Set<Alert> missing = journal.missing(DemoChecks.expected());
      if (settings.once() && missing.isEmpty()) {
        return;
      }
      if (settings.once() && System.nanoTime() > deadline) {
        throw new Failed("not everybody was told: " + words(missing));
      }
      String ended = parts.ended();
      if (!ended.isEmpty() && !stop.isMade()) {
        throw new Failed(ended + " ended by itself: " + parts.product().lastWords());
      }
      Waiting.until(STEP, stop::isMade);
    }
  }

  private static String words(Set<Alert> missing) {
    return String.join(", ", missing.stream().map(Demo::words).toList()) + " missing";
  }

  private static String words(Alert alert) {
    return alert.what() + " " + alert.check() + " to " + name(alert.endpoint());
  }

  /** Waits until what was produced has arrived, and says so. */
  private String settle(DemoParts parts) throws Failed {
    parts.stopTraffic();
    Waiting.until(SETTLE_ALLOWANCE, () -> parts.accounting().problems().isEmpty());
    Accounting accounting = parts.accounting();
    if (!accounting.problems().isEmpty()) {
      throw new Failed(String.join("; ", accounting.problems()));
    }
    return accounting.words();
  }

  private void told(Received request, TrafficLog traffic) {
    Alert.read(request)
        .map(alert -> Delivered.of(alert, request.arrivedAt(), traffic))
        .ifPresentOrElse(
            this::told, () -> screen.say("?? " + request.path() + " " + request.status()));
  }

  private void told(Delivered one) {
    journal.add(one);
    Alert alert = one.alert();
    Tone tone = alert.what().equals(Alert.RESOLVED) ? Tone.GOOD : Tone.BAD;
    screen.say(
        tone,
        ">> %-9s %-8s %s %s%s"
            .formatted(
                name(alert.endpoint()),
                alert.what(),
                alert.check(),
                alert.model(),
                one.delay().map(delay -> ", " + since(one, delay)).orElse("")));
  }

  private static String since(Delivered one, Duration delay) {
    String call =
        one.isAboutRisk()
            ? one.alert().what().equals(Alert.RESOLVED) ? "recovering" : "breaching"
            : "last";
    return Latencies.words(delay) + " after the " + call + " call";
  }

  private static String name(Endpoint endpoint) {
    return switch (endpoint) {
      case SLACK -> "Slack";
      case PAGERDUTY -> "PagerDuty";
      case WEBHOOK -> "webhook";
    };
  }
}
