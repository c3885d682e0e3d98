package io.modelvane.spi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A measurement and a tag set, resolved once: sorted, encoded and hashed. Decoders keep the series
 * they have met and hand the same object to row after row.
 *
 * <p>Two series are equal when their encoded heads are: names that differ only in characters which
 * line protocol cannot carry (see {@link #head()}) are one series.
 */
public final class Series implements Comparable<Series> {
  /** InfluxDB's limit for measurement and tags together, in bytes of their encoded form. */
  public static final int MAX_HEAD_BYTES = 65_535;

  private final String measurement;
  private final List<Tag> tags;
  private final byte[] encoded;
  private final int hash;

  private Series(String measurement, List<Tag> tags, byte[] encoded) {
    this.measurement = measurement;
    this.tags = tags;
    this.encoded = encoded;
    this.hash = Arrays.hashCode(encoded);
  }

  /**
   * Makes a series.
   *
   * @param measurement not empty
   * @param tags in any order, no key twice, nor two keys that differ only in what line protocol
   *     cannot carry
   * @throws IllegalArgumentException for an empty measurement, a repeated key, or an encoded form
   *     over {@link #MAX_HEAD_BYTES}
   */
  public static Series of(String measurement, List<Tag> tags) {
    if (measurement.isEmpty()) {
      throw new IllegalArgumentException("a measurement needs a name");
    }
    List<Tag> sorted = tags.stream().sorted().toList();
    refuseTwins(sorted);
    StringBuilder head = new StringBuilder(64);
    LineProtocol.appendMeasurement(head, measurement);
    for (Tag tag : sorted) {
      LineProtocol.appendName(head.append(','), tag.key());
      LineProtocol.appendName(head.append('='), tag.value());
    }
    byte[] encoded = head.toString().getBytes(StandardCharsets.UTF_8);
    if (encoded.length > MAX_HEAD_BYTES) {
      throw new IllegalArgumentException(
          "measurement and tags take %d bytes, InfluxDB allows %d"
              .formatted(encoded.length, MAX_HEAD_BYTES));
    }
    return new Series(measurement, sorted, encoded);
  }

  private static void refuseTwins(List<Tag> tags) {
    Set<String> keys = new HashSet<>();
    for (Tag tag : tags) {
      if (!keys.add(LineProtocol.carried(tag.key()))) {
        throw new IllegalArgumentException("tag '" + tag.key() + "' occurs twice");
      }
    }
  }

  /** The measurement, as given. */
  public String measurement() {
    return measurement;
  }

  /** The tags, sorted by key. */
  public List<Tag> tags() {
    return tags;
  }

  /** The value of a tag, or null. */
  public @Nullable String tag(String key) {
    for (Tag tag : tags) {
      if (tag.key().equals(key)) {
        return tag.value();
      }
    }
    return null;
  }

  /**
   * The canonical key: measurement and sorted tags as line protocol. Comma, space and equals are
   * escaped; control characters are written as spaces; a backslash that would escape what follows
   * it is written as a slash. Made anew each time: many series are kept, few are read.
   */
  public String head() {
    return new String(encoded, StandardCharsets.UTF_8);
  }

  /** The length of the encoded head in bytes. */
  public int headLength() {
    return encoded.length;
  }

  /** Copies the encoded head to {@code target} at {@code at}; returns the index after it. */
  public int copyHead(byte[] target, int at) {
    System.arraycopy(encoded, 0, target, at, encoded.length);
    return at + encoded.length;
  }

  /** By the bytes of their encoded heads. */
  @Override
  public int compareTo(Series other) {
    return Arrays.compareUnsigned(encoded, other.encoded);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Series series
            && hash == series.hash
            && Arrays.equals(encoded, series.encoded));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return head();
  }
}
