package io.modelvane.spi;

import java.util.Objects;

/**
 * What a component says of itself; shown at {@code /ready} and counted as a metric.
 *
 * @param state how well it works
 * @param reason what is wrong and what to do; empty when up
 */
public record Health(State state, String reason) {
  /** Refuses null. */
  public Health {
    Objects.requireNonNull(state, "health needs a state");
    Objects.requireNonNull(reason, "health needs a reason, which is empty when all is well");
  }

  /** All is well. */
  public static final Health UP = new Health(State.UP, "");

  /** How well a component works. */
  public enum State {
    /** Works. */
    UP,
    /** Works in part, or waits for the other side; nothing is lost. */
    DEGRADED,
    /** Does not work until somebody acts. */
    DOWN
  }
}
