package io.modelvane.notifier.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Status;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The row that InfluxDB 2 sends to an HTTP endpoint, keys in its order
 * (https://github.com/influxdata/influxdb/pull/15028): for receivers that were made for its
 * notification rules. Ids are made of names, as in the history that {@code alerting} keeps; {@code
 * _start} and {@code _stop} enclose the status.
 */
final class InfluxBody implements HttpBody {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int ID_BYTES = 8;

  private final String endpoint;

  InfluxBody(String endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public String of(Notification notification) {
    // What has a name of InfluxDB's comes last, so that neither tag nor field can hide it.
    Map<String, JsonNode> row = new TreeMap<>();
    checked(row, notification.status());
    notification.status().series().tags().forEach(tag -> put(row, tag.key(), tag.value()));
    names(row, notification);
    times(row, notification);
    put(row, "_level", notification.incident().level().text());
    put(row, "_measurement", "notifications");
    put(row, "_message", notification.status().message());
    put(row, "_source_measurement", notification.status().series().measurement());
    put(row, "_type", notification.status().checkType());
    row.put("_version", NODES.numberNode(1));
    ObjectNode body = JSON.createObjectNode();
    body.setAll(row);
    return body.toString();
  }

  private static void checked(Map<String, JsonNode> row, Status status) {
    String field = status.field().orElse("value");
    status.value().stream()
        .filter(Double::isFinite)
        .forEach(value -> row.put(field, NODES.numberNode(value)));
    if (status.checkType().equals("deadman")) {
      row.put("dead", NODES.booleanNode(status.level() != Level.OK));
    }
  }

  private static void times(Map<String, JsonNode> row, Notification notification) {
    Status status = notification.status();
    put(row, "_start", status.time().toString());
    put(row, "_stop", notification.at().toString());
    put(row, "_time", notification.at().toString());
    row.put("_source_timestamp", NODES.numberNode(nanos(status.sourceTime())));
    row.put("_status_timestamp", NODES.numberNode(nanos(status.time())));
  }

  private void names(Map<String, JsonNode> row, Notification notification) {
    if (notification.members().isEmpty()) {
      named(row, "_check", "check", notification.incident().check());
    } else { // how many they are must not make another check of them
      put(row, "_check_id", id("group", notification.incident().key()));
      put(row, "_check_name", "incidents");
    }
    named(row, "_notification_rule", "rule", notification.rule());
    named(row, "_notification_endpoint", "endpoint", endpoint);
  }

  private static void named(Map<String, JsonNode> row, String prefix, String kind, String name) {
    put(row, prefix + "_id", id(kind, name));
    put(row, prefix + "_name", name);
  }

  private static void put(Map<String, JsonNode> row, String key, String value) {
    row.put(key, NODES.textNode(value));
  }

  /**
   * 16 hexadecimal digits of SHA-256 over kind and name, each after its length, as the sink {@code
   * alerting} makes them for what it records: a receiver can join the two.
   */
  static String id(String kind, String name) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String part : new String[] {kind, name}) {
        byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
        sha.update((utf8.length + ":").getBytes(StandardCharsets.US_ASCII));
        sha.update(utf8);
      }
      return HexFormat.of().formatHex(sha.digest(), 0, ID_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private static long nanos(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
  }
}
