package io.modelvane.spi;

/**
 * One tag of a series.
 *
 * @param key not empty, and not {@code time}, which InfluxDB reserves
 * @param value not empty: a tag without a value is left out of the series
 */
public record Tag(String key, String value) implements Comparable<Tag> {
  /** Rejects what InfluxDB would reject. */
  public Tag {
    if (key.isEmpty() || value.isEmpty()) {
      throw new IllegalArgumentException("a tag needs a key and a value: '" + key + "'");
    }
    if (key.equals("time")) {
      throw new IllegalArgumentException("'time' cannot be the key of a tag");
    }
  }

  @Override
  public int compareTo(Tag other) {
    int byKey = key.compareTo(other.key);
    return byKey != 0 ? byKey : value.compareTo(other.value);
  }
}
