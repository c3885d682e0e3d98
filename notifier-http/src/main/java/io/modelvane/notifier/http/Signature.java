package io.modelvane.notifier.http;

import io.modelvane.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What Standard Webhooks 1.0 signs by HMAC-SHA256: id, timestamp and body
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
 */
record Signature(String id, long seconds, String body) {
  private static final String PREFIX = "whsec_";
  private static final int SHORTEST_KEY = 24;
  private static final int LONGEST_KEY = 64;

  static boolean isValidSecret(Secret secret) {
    if (!secret.reveal().startsWith(PREFIX)) {
      return false;
    }
    try {
      int length = key(secret).length;
      return length >= SHORTEST_KEY && length <= LONGEST_KEY;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  /** One signature per secret: while a secret is exchanged, the receiver knows one of the two. */
  String by(List<Secret> secrets) {
    return secrets.stream().map(this::by).collect(Collectors.joining(" "));
  }

  private String by(Secret secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key(secret), "HmacSHA256"));
      byte[] signed = (id + "." + seconds + "." + body).getBytes(StandardCharsets.UTF_8);
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has HmacSHA256", impossible);
    }
  }

  private static byte[] key(Secret secret) {
    return Base64.getDecoder().decode(secret.reveal().substring(PREFIX.length()));
  }
}
