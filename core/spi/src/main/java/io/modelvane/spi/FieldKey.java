package io.modelvane.spi;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The name of a field, encoded once. Decoders keep the keys they have met. */
public final class FieldKey {
  private final String name;
  private final byte[] encoded;

  private FieldKey(String name, byte[] encoded) {
    this.name = name;
    this.encoded = encoded;
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
    StringBuilder text = new StringBuilder(name.length() + 8);
    LineProtocol.appendName(text, name);
    return new FieldKey(name, text.append('=').toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The name, as given. */
  public String name() {
    return name;
  }

  /** The escaped name and the equals sign, in line protocol. Shared within the package only. */
  byte[] encoded() {
    return encoded;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof FieldKey key && name.equals(key.name));
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
