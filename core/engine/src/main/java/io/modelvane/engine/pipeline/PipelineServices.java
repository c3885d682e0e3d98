package io.modelvane.engine.pipeline;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.modelvane.engine.observe.HealthBoard;
import io.modelvane.spi.Meters;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What the engine lends to a pipeline.
 *
 * @param clock the clock
 * @param scheduler for retries and time limits
 * @param executor for blocking work
 * @param meters of the pipeline
 * @param health of everything
 * @param logger masks secrets
 */
public record PipelineServices(
    Clock clock,
    ScheduledExecutorService scheduler,
    ExecutorService executor,
    Meters meters,
    HealthBoard health,
    System.Logger logger) {

  /** Runs a short task after a pause. */
  @CanIgnoreReturnValue
  Future<?> later(Duration pause, Runnable task) {
    return scheduler.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
  }
}
