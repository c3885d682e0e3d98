package io.modelvane.spi;

import java.time.Duration;

/**
 * Where notifications go. Called by at most {@link #concurrency()} threads at a time, one when that
 * is not overridden; a call that takes longer than {@link #timeout()} is interrupted and counts as
 * {@code RETRYABLE}.
 */
public interface Notifier extends Component {
  /**
   * Makes one attempt to deliver. No retries, no sleeping: the caller keeps the notification in a
   * durable outbox, retries, and keeps the order within an incident. An attempt that ends in an
   * exception, in null, or in an interrupt, may have arrived and counts as {@code RETRYABLE}; one
   * that certainly has not is {@link Delivery#notSent}.
   */
  Delivery deliver(Notification notification) throws InterruptedException;

  /** The longest a call may take. */
  default Duration timeout() {
    return Duration.ofSeconds(15);
  }

  /**
   * How many calls may be made at a time, each for another incident. More than one is of use only
   * where {@link #receiverDropsRepeats()} as well: all that were under way when the process ends
   * are made again.
   */
  default int concurrency() {
    return 1;
  }

  /**
   * Whether the receiver drops a notification whose id (or incident key and level) it has seen, so
   * that a repeat after a crash is harmless and need not be marked.
   */
  default boolean receiverDropsRepeats() {
    return false;
  }

  /**
   * Whether the receiver keeps something open for each incident until it is told of its end, as an
   * on-call service does. Then single notifications are never made into one about several: nobody
   * could end that.
   */
  default boolean receiverKeepsIncidents() {
    return false;
  }
}
