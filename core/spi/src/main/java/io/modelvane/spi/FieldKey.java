package io.modelvane.spi;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The name of a field, encoded once. Decoders keep the keys they have met.
 *
 * <p>Two keys are equal when the store knows them by one name: when they differ only in characters
 * which line protocol cannot carry (see {@link Series#head()}).
 */
public final class FieldKey {
  private final String name;
  private final String stored;
  private final byte[] encoded;
  private final boolean altered;

  private FieldKey(String name, String stored, byte[] encoded) {
    this.name = name;
    this.stored = stored;
    this.encoded = encoded;
    this.altered = !stored.equals(name);
  }

  /**
   * Makes a key.
   *
   * @throws IllegalArgumentException for an empty name and for {@code time}, a field that InfluxDB
   *     drops from a point without a word
   */
  public static FieldKey of(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a field needs a name");
    }
    if (name.equals("time")) {
      throw new IllegalArgumentException("'time' cannot be the name of a field");
    }
    StringBuilder text = new StringBuilder(name.length() + 8).append(',');
    LineProtocol.appendName(text, name);
    byte[] encoded = text.append('=').toString().getBytes(StandardCharsets.UTF_8);
    return new FieldKey(name, LineProtocol.carried(name), encoded);
  }

  /** The name, as given. */
  public String name() {
    return name;
  }

  /** The name by which a store knows the field: what line protocol cannot carry is replaced. */
  public String stored() {
    return stored;
  }

  /** A comma, the escaped name and the equals sign, in line protocol. Not to be changed. */
  byte[] encoded() {
    return encoded;
  }

  /** Whether the store knows the field by another name. */
  public boolean isAltered() {
    return altered;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof FieldKey key && stored.equals(key.stored));
  }

  @Override
  public int hashCode() {
    return stored.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
