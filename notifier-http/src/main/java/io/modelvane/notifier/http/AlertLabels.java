package io.modelvane.notifier.http;

import io.modelvane.spi.Incident;
import io.modelvane.spi.Tag;
import io.modelvane.toolkit.Escapes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an alert is called in Prometheus' way: the check as {@code alertname} and the tags of the
 * series. A tag called like a label of ours gets {@code exported_} before it, which is Prometheus'
 * own way out.
 *
 * @param labels by name, sorted
 */
record AlertLabels(SortedMap<String, String> labels) {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final int SEPARATOR = 0xff;

  static AlertLabels of(Incident incident) {
    SortedMap<String, String> labels = new TreeMap<>();
    for (Tag tag : incident.series().tags()) {
      String name = name(tag.key());
      boolean taken = name.equals("alertname") || name.equals("severity");
      labels.put(taken ? "exported_" + name : name, tag.value());
    }
    labels.put("alertname", incident.check());
    return new AlertLabels(labels);
  }

  /**
   * What a group of several is called: by the key of its incident, which stays while members come
   * and go. The tags that they share do not.
   */
  static AlertLabels ofGroup(Incident incident) {
    return new AlertLabels(new TreeMap<>(Map.of("modelvane_group", incident.key())));
  }

  /** The same texts under names that labels and annotations may have. */
  static Map<String, String> named(Map<String, String> texts) {
    Map<String, String> named = new TreeMap<>();
    texts.forEach((name, text) -> named.put(name(name), text));
    return named;
  }

  /** https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels. */
  private static String name(String text) {
    String name = text.replaceAll("[^a-zA-Z0-9_]", "_");
    return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "_" + name : name;
  }

  Map<String, String> with(String name, String value) {
    Map<String, String> more = new TreeMap<>(labels);
    more.put(name, value);
    return more;
  }

  /** As of Alertmanager's root route, grouped by all of these labels. */
  String groupKey() {
    return labels.entrySet().stream()
        .map(label -> label.getKey() + "=\"" + Escapes.json(label.getValue()) + "\"")
        .collect(Collectors.joining(", ", "{}:{", "}"));
  }

  /**
   * FNV-1a of 64 bits over names and values, a byte that no UTF-8 has after each
   * (https://github.com/prometheus/common/blob/main/model/signature.go).
   */
  String fingerprint() {
    long hash = FNV_OFFSET;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      hash = hashed(hashed(hash, label.getKey()), label.getValue());
    }
    return "%016x".formatted(hash);
  }

  private static long hashed(long before, String text) {
    long hash = before;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return (hash ^ SEPARATOR) * FNV_PRIME;
  }
}
