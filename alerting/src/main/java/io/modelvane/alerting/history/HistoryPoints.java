package io.modelvane.alerting.history;

import io.modelvane.spi.Level;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Point;
import io.modelvane.spi.Series;
import io.modelvane.spi.Status;
import io.modelvane.spi.Tag;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The measurements {@code statuses} and {@code notifications} as InfluxDB 2 itself writes them, so
 * that dashboards made for its checks keep working; see
 * https://docs.influxdata.com/influxdb/v2/reference/internals/system-buckets/. Two differences: the
 * checked field is always a float, because all checks share one measurement and a field of two
 * types fails every write; and {@code _body} and {@code _pagerdutyDedupKey} are there for every
 * endpoint, since one cannot know what stands behind it.
 */
final class HistoryPoints {
  private HistoryPoints() {}

  /**
   * The point of a status.
   *
   * @throws IllegalArgumentException when the tags are longer than InfluxDB allows
   */
  static Point of(Status status) {
    Map<String, Object> fields = fields(status);
    return new Point(series("statuses", tags(status)), status.time(), fields);
  }

  /** The point of an attempt to notify; throws as above. */
  static Point of(NotificationRecord record) {
    Status status = record.notification().status();
    Map<String, String> tags = tags(status);
    tags.put("_level", record.notification().incident().level().text());
    tags.put("_notification_rule_id", id("rule", record.notification().rule()));
    tags.put("_notification_rule_name", record.notification().rule());
    tags.put("_notification_endpoint_id", id("endpoint", record.endpoint()));
    tags.put("_notification_endpoint_name", record.endpoint());
    boolean sent = record.delivery().outcome().kind() == Outcome.Kind.DONE;
    tags.put("_sent", Boolean.toString(sent));
    Map<String, Object> fields = fields(status);
    fields.put("_status_timestamp", nanos(status.time()));
    record.delivery().statusCode().ifPresent(code -> fields.put("_status", "" + code));
    String body = record.delivery().answer();
    if (!body.isBlank()) {
      fields.put("_body", body);
    }
    fields.put("_pagerdutyDedupKey", record.notification().incident().key());
    return new Point(series("notifications", tags), record.at(), fields);
  }

  private static Map<String, String> tags(Status status) {
    Map<String, String> tags = new LinkedHashMap<>();
    status.series().tags().forEach(tag -> tags.put(tag.key(), tag.value()));
    tags.put("_check_id", id("check", status.check()));
    tags.put("_check_name", status.check());
    tags.put("_level", status.level().text());
    tags.put("_source_measurement", status.series().measurement());
    tags.put("_type", status.checkType());
    return tags;
  }

  private static Map<String, Object> fields(Status status) {
    Map<String, Object> fields = new LinkedHashMap<>();
    status
        .field()
        .filter(name -> status.value().isPresent() && storable(name))
        .ifPresent(name -> putFinite(fields, name, status.value().getAsDouble()));
    fields.put("_message", status.message());
    fields.put("_source_timestamp", nanos(status.sourceTime()));
    if (status.checkType().equals("deadman")) {
      fields.put("dead", status.level() != Level.OK);
    }
    return fields;
  }

  /** InfluxDB drops a field called time. */
  private static boolean storable(String field) {
    return !field.isEmpty() && !field.equals("time");
  }

  private static void putFinite(Map<String, Object> fields, String name, double value) {
    if (Double.isFinite(value)) {
      fields.put(name, value);
    }
  }

  private static Series series(String measurement, Map<String, String> tags) {
    List<Tag> list =
        tags.entrySet().stream()
            .filter(tag -> !tag.getValue().isEmpty())
            .map(tag -> new Tag(tag.getKey(), tag.getValue()))
            .toList();
    return Series.of(measurement, list);
  }

  /** 16 hexadecimal digits, as InfluxDB's ids; of a name, so that it is the same everywhere. */
  static String id(String kind, String name) {
    return Digest.of(kind, name).hex(16);
  }

  static long nanos(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
  }
}
