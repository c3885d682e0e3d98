package io.modelvane.spi;

import java.util.Objects;

/**
 * An event that could not be decoded.
 *
 * @param origin the event, for {@link PointBatch#event}
 * @param reason what is wrong with it
 */
public record EventRejection(int origin, String reason) {
  /** Refuses null. */
  public EventRejection {
    Objects.requireNonNull(reason, "a rejected event needs a reason");
  }
}
