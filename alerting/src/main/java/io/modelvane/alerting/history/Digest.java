package io.modelvane.alerting.history;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Identities made of names: the same on every machine and after every restart. */
public final class Digest {
  private final byte[] hash;

  private Digest(byte[] hash) {
    this.hash = hash;
  }

  /** Of parts, in order; {@code ("ab", "c")} differs from {@code ("a", "bc")}. */
  public static Digest of(String... parts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
        sha.update((utf8.length + ":").getBytes(StandardCharsets.US_ASCII));
        sha.update(utf8);
      }
      return new Digest(sha.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every JDK must have it
    }
  }

  /** The first {@code digits} hexadecimal digits, at most 64, even. */
  public String hex(int digits) {
    return HexFormat.of().formatHex(hash, 0, digits / 2);
  }

  /** The first 16 bytes. */
  public byte[] key() {
    return Arrays.copyOf(hash, 16);
  }
}
