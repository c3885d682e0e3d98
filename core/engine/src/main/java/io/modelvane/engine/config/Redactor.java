package io.modelvane.engine.config;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Masks the secrets of a configuration wherever they occur in a text: as they are, URL-encoded, and
 * in Base64; of a secret with several lines (a key in PEM) each line. Texts shorter than four
 * characters are not masked: they would mask half the language. Safe for use by many threads.
 */
public final class Redactor {
  private static final int SHORTEST = 4;

  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private volatile List<String> longestFirst = new CopyOnWriteArrayList<>();

  /** Learns a secret. */
  public void add(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    learn(secret);
    learn(URLEncoder.encode(secret, StandardCharsets.UTF_8));
    learn(Base64.getEncoder().withoutPadding().encodeToString(bytes));
    secret.lines().forEach(this::learn);
    longestFirst =
        known.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  private void learn(String text) {
    if (text.strip().length() >= SHORTEST) {
      known.add(text.strip());
    }
  }

  /** The text with every secret in it written as {@code ****}. */
  public String redact(String text) {
    String masked = text;
    for (String secret : longestFirst) {
      if (masked.contains(secret)) {
        masked = masked.replace(secret, "****");
      }
    }
    return masked;
  }
}
