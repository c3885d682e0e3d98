package io.modelvane.demo;

import java.util.Map;

/**
 * What the broker has acknowledged.
 *
 * @param callsByModel calls of each model
 * @param malformed messages that are not calls
 * @param failed messages that the broker did not take
 */
public record TrafficCounts(Map<String, Long> callsByModel, long malformed, long failed) {
  /** Copies the calls. */
  public TrafficCounts {
    callsByModel = Map.copyOf(callsByModel);
  }

  /** Calls of all models. */
  public long calls() {
    return callsByModel.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Calls and malformed messages. */
  public long messages() {
    return calls() + malformed;
  }
}
