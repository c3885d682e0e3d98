package io.modelvane.alerting.outbox;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Health;
import io.modelvane.spi.Outcome;
import java.time.Duration;

/** Says how an endpoint does: to its operator, in the log, and in the component's health. */
final class EndpointReport {
  private final String part;
  private final ComponentContext context;
  private final Conditions conditions;

  EndpointReport(String endpoint, ComponentContext context, Conditions conditions) {
    this.part = "endpoint " + endpoint;
    this.context = context;
    this.conditions = conditions;
  }

  /**
   * Tells of an attempt.
   *
   * @param open whether so many have failed that the whole endpoint waits
   */
  void attempted(Outcome outcome, boolean open) {
    String words = part + ": " + outcome.reason();
    switch (outcome.kind()) {
      case DONE -> conditions.set(part, Health.UP);
      case REJECTED -> {
        String refused = part + " refuses a notification for good: " + outcome.reason();
        log(refused);
        say(Health.State.DEGRADED, refused);
      }
      case RETRYABLE, THROTTLED ->
          say(
              open ? Health.State.DOWN : Health.State.DEGRADED,
              words + " (tried again, nothing is lost)");
      case MISCONFIGURED -> say(Health.State.DOWN, words + " (mend it; nothing is lost meanwhile)");
      case FATAL -> {
        log(part + " is given up: " + outcome.reason());
        say(Health.State.DOWN, words + " (given up until the next start; nothing is lost)");
      }
    }
  }

  /** Tells that a call hangs; should it end after all, {@link #attempted} says so. */
  void overdue(Duration limit) {
    say(Health.State.DOWN, part + " does not answer within " + limit.toMillis() + " ms");
  }

  /** Tells that the local database does not work. */
  void stuck(String reason) {
    say(Health.State.DOWN, part + " waits for the local database: " + reason);
  }

  /** Tells that the worker itself failed. */
  void broken(Throwable defect) {
    context.logger().log(System.Logger.Level.ERROR, part + " stops: a defect", defect);
    say(Health.State.DOWN, part + " stops until the next start: " + defect);
  }

  private void say(Health.State state, String words) {
    conditions.set(part, new Health(state, context.redact(words)));
  }

  private void log(String words) {
    context.logger().log(System.Logger.Level.WARNING, "{0}", context.redact(words));
  }
}
