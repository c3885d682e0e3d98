package io.modelvane.engine.config;

/**
 * One thing that is wrong with the configuration.
 *
 * @param where the place
 * @param path the option from the top, parts joined by dots; empty for a whole file
 * @param message what is wrong and what to do; never a secret
 */
public record Problem(Location where, String path, String message) implements Comparable<Problem> {
  @Override
  public int compareTo(Problem other) {
    int byPlace = where.compareTo(other.where);
    return byPlace != 0 ? byPlace : message.compareTo(other.message);
  }

  /** {@code modelvane.yaml:3:7: sinks.influx.url: is required}. */
  @Override
  public String toString() {
    return where + ": " + (path.isEmpty() ? "" : path + ": ") + message;
  }
}
