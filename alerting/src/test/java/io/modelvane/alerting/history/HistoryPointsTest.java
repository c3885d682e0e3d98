package io.modelvane.alerting.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.Delivery;
import io.modelvane.spi.Incident;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Point;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.Series;
import io.modelvane.spi.Status;
import io.modelvane.spi.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class HistoryPointsTest {
  private static final Instant TIME = Instant.ofEpochSecond(1795394720);
  private static final Series SERIES =
      Series.of("ml", List.of(new Tag("model", "credit v1"), new Tag("region", "eu")));

  private static Status status(String type, String field, double value) {
    return new Status(
        "probe",
        type,
        SERIES,
        Level.CRIT,
        TIME,
        TIME.minusSeconds(1),
        Optional.of(field),
        OptionalDouble.of(value),
        "Check: probe is: crit",
        Map.of());
  }

  private static String line(Point point) {
    return PointBatch.of(List.of(point)).line(0);
  }

  @Test
  void aStatusHasInfluxDbsOwnSchema() {
    String id = HistoryPoints.id("check", "probe");
    assertThat(id).matches("[0-9a-f]{16}").isEqualTo(HistoryPoints.id("check", "probe"));
    assertThat(id).isNotEqualTo(HistoryPoints.id("rule", "probe"));
    assertThat(line(HistoryPoints.of(status("threshold", "risk_score", 0.93))))
        .isEqualTo(
            "statuses,_check_id="
                + id
                + ",_check_name=probe,_level=crit,_source_measurement=ml,_type=threshold,"
                + "model=credit\\ v1,region=eu risk_score=0.93,_message=\"Check: probe is: crit\","
                + "_source_timestamp=1795394719000000000i 1795394720000000000");
  }

  @Test
  void aSentNotificationHasInfluxDbsOwnSchema() {
    Status status = status("threshold", "risk_score", 1);
    Delivery delivery = new Delivery(Outcome.DONE, OptionalInt.of(200), "", Map.of());
    assertThat(line(HistoryPoints.of(record(status, delivery))))
        .isEqualTo(
            "notifications,_check_id="
                + HistoryPoints.id("check", "probe")
                + ",_check_name=probe,_level=crit,_notification_endpoint_id="
                + HistoryPoints.id("endpoint", "slack")
                + ",_notification_endpoint_name=slack,_notification_rule_id="
                + HistoryPoints.id("rule", "page")
                + ",_notification_rule_name=page,_sent=true,_source_measurement=ml,"
                + "_type=threshold,model=credit\\ v1,region=eu risk_score=1.0,"
                + "_message=\"Check: probe is: crit\",_source_timestamp=1795394719000000000i,"
                + "_status_timestamp=1795394720000000000i,_status=\"200\","
                + "_pagerdutyDedupKey=\"abc\" 1795394725000000000");
  }

  private static NotificationRecord record(Status status, Delivery delivery) {
    Incident incident =
        new Incident("i-1", "abc", "probe", SERIES, Level.CRIT, Level.CRIT, TIME, 1);
    Notification notification =
        new Notification(
            "n-1",
            "page",
            incident,
            IncidentStep.OPENED,
            Level.OK,
            status,
            TIME,
            1,
            false,
            Optional.empty(),
            Map.of());
    return new NotificationRecord(notification, "slack", delivery, TIME.plusSeconds(5));
  }

  @Test
  void aFailedNotificationSaysWhatWasAnswered() {
    Delivery delivery =
        new Delivery(Outcome.Rejected.of("no"), OptionalInt.of(400), "invalid_payload", Map.of());
    Point point = HistoryPoints.of(record(status("threshold", "x", 1), delivery));
    assertThat(point.series().tag("_sent")).isEqualTo("false");
    assertThat(point.fields()).containsEntry("_status", "400");
    assertThat(point.fields()).containsEntry("_body", "invalid_payload");
  }

  @Test
  void silenceIsAField() {
    assertThat(HistoryPoints.of(status("deadman", "x", 1)).fields()).containsEntry("dead", true);
    assertThat(HistoryPoints.of(status("threshold", "x", 1)).fields()).doesNotContainKey("dead");
  }

  @Test
  void theFieldIsAlwaysAFloatAndNeverInTheWay() {
    assertThat(HistoryPoints.of(status("threshold", "x", 3)).fields()).containsEntry("x", 3.0);
    assertThat(HistoryPoints.of(status("threshold", "x", Double.NaN)).fields())
        .doesNotContainKey("x");
    assertThat(HistoryPoints.of(status("threshold", "time", 3)).fields()).doesNotContainKey("time");
    assertThat(HistoryPoints.of(status("threshold", "_message", 3)).fields())
        .containsEntry("_message", "Check: probe is: crit");
  }

  @Test
  void aPointComesBackFromItsBytes() {
    Point point = HistoryPoints.of(status("deadman", "risk_score", 0.1));
    byte[] bytes = PointCodec.encode(point, HistoryPoints.nanos(point.time()) + 1);
    Point back = PointCodec.decode(bytes);
    assertThat(back.series()).isEqualTo(point.series());
    assertThat(back.fields()).isEqualTo(point.fields());
    assertThat(back.time()).isEqualTo(point.time().plusNanos(1));
    assertThat(new String(bytes, StandardCharsets.UTF_8)).contains("Check: probe is: crit");
  }
}
