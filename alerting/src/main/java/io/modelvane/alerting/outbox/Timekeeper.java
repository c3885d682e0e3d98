package io.modelvane.alerting.outbox;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What the outbox does by time alone: plans reminders, forgets what is long over. */
final class Timekeeper {
  /** How long it can be looked up in the local database who was told what. */
  static final Duration KEPT = Duration.ofDays(7);

  private static final Duration FORGET_EVERY = Duration.ofHours(1);
  private static final Duration TICK = Duration.ofSeconds(1);

  private final ComponentContext context;
  private final Tables tables;
  private final Interventions interventions;
  private final Runnable planned;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile boolean changed = true;
  private volatile Instant next = Instant.MIN;
  private Instant forgetAt = Instant.MIN;
  private @Nullable Future<?> timer;

  /**
   * A timekeeper.
   *
   * @param planned run when there is something new to send
   */
  Timekeeper(
      ComponentContext context, Tables tables, Interventions interventions, Runnable planned) {
    this.context = context;
    this.tables = tables;
    this.interventions = interventions;
    this.planned = planned;
  }

  void start() {
    timer =
        context
            .scheduler()
            .scheduleWithFixedDelay(
                this::look, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  void stop() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  /** Reminders may have begun: the time of the next is not known any more. */
  void changed() {
    changed = true;
  }

  /** Looks whether anything is due, and lets a worker do it. Quick. */
  void look() {
    boolean due = changed || !context.clock().instant().isBefore(next);
    if (!due || !busy.compareAndSet(false, true)) {
      return;
    }
    try {
      context.executor().execute(this::work);
    } catch (RejectedExecutionException stopped) {
      busy.set(false);
    }
  }

  private void work() {
    try {
      changed = false; // before looking: a change meanwhile must not be forgotten
      next = context.state().transact(this::tick);
    } catch (ComponentException disk) {
      interventions.planner().undone();
      next = context.clock().instant().plus(TICK);
      context
          .logger()
          .log(
              System.Logger.Level.WARNING, "what is planned by time waits: {0}", disk.getMessage());
    } finally {
      busy.set(false);
    }
  }

  /** Does what is due, in a transaction; answers when to do so again. */
  Instant tick(Connection connection) throws SQLException {
    Instant now = context.clock().instant();
    if (!now.isBefore(forgetAt)) {
      forget(connection, now.minus(KEPT));
      forgetAt = now.plus(FORGET_EVERY);
    }
    Planner planner = interventions.planner();
    boolean more = planner.tick(planner.at(connection, now));
    planned.run();
    Instant due = planner.next(connection);
    return more ? now : due.isBefore(forgetAt) ? due : forgetAt;
  }

  private void forget(Connection connection, Instant before) throws SQLException {
    int gone = tables.rows().forget(connection, before);
    gone += tables.decisions().forget(connection, before);
    gone += interventions.silences().forget(connection, before);
    for (String incident : tables.incidents().forget(connection, before)) {
      interventions.acknowledgements().forget(connection, incident);
      tables.groups().forget(connection, incident);
      gone++;
    }
    context.logger().log(System.Logger.Level.DEBUG, "forgot {0} rows of the outbox", gone);
  }
}
