package io.modelvane.engine.observe;

import io.modelvane.engine.words.Words;
import io.modelvane.spi.Health;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * How every component and pipeline is. Changes are logged once, not repeated. Safe for use by many
 * threads.
 */
public final class HealthBoard {
  private static final System.Logger LOGGER = System.getLogger(HealthBoard.class.getName());

  private final UnaryOperator<String> redact;
  private final Map<String, Health> health = new TreeMap<>();

  /**
   * A board on which everything is up; {@code redact} masks secrets in reasons, whose words are
   * made fit to be shown.
   */
  public HealthBoard(UnaryOperator<String> redact) {
    this.redact = redact;
  }

  /** Sets how {@code part} is, for example {@code sink influx}. */
  public void set(String part, Health given) {
    Health now = new Health(given.state(), Words.line(redact.apply(given.reason())));
    Health before;
    synchronized (health) {
      before = health.put(part, now);
    }
    if (now.equals(before) || (before == null && now.state() == Health.State.UP)) {
      return;
    }
    if (now.state() == Health.State.UP) {
      LOGGER.log(System.Logger.Level.INFO, "{0} works again", part);
    } else {
      LOGGER.log(
          now.state() == Health.State.DOWN
              ? System.Logger.Level.ERROR
              : System.Logger.Level.WARNING,
          "{0}: {1}",
          part,
          now.reason());
    }
  }

  /** How a part is; up when it never said otherwise. */
  public Health get(String part) {
    synchronized (health) {
      return health.getOrDefault(part, Health.UP);
    }
  }

  /** A copy, sorted by part. */
  public Map<String, Health> snapshot() {
    synchronized (health) {
      return Collections.unmodifiableMap(new TreeMap<>(health));
    }
  }

  /** Whether nothing is down. */
  public boolean isReady() {
    synchronized (health) {
      return health.values().stream().noneMatch(h -> h.state() == Health.State.DOWN);
    }
  }
}
