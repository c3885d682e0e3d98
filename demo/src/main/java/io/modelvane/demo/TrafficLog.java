package io.modelvane.demo;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When the generated traffic gave reasons to notify somebody. */
public interface TrafficLog {
  /** The risky times so far, in order. */
  List<Breach> breaches();

  /**
   * When the first call after each risky time was given to Kafka, in the order of {@link
   * #breaches}; the last one may be missing.
   */
  List<Instant> recoveries();

  /** When the latest call of a model was given to Kafka. */
  Optional<Instant> lastCallOf(String model);
}
