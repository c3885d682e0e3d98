package io.modelvane.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.demo.Alert.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlertJournalTest {
  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

  /** Risky from second 3 to 7 and from 27 on; the tagger's last call in second 4. */
  private static final TrafficLog TRAFFIC =
      new FixedTraffic(
          List.of(new Breach(0, at(3_000)), new Breach(1, at(27_000))),
          List.of(at(7_000)),
          Map.of(Model.SILENT, at(4_000)));

  private final AlertJournal journal = new AlertJournal();

  private record FixedTraffic(
      List<Breach> breaches, List<Instant> recoveries, Map<String, Instant> lastCalls)
      implements TrafficLog {
    @Override
    public Optional<Instant> lastCallOf(String model) {
      return Optional.ofNullable(lastCalls.get(model));
    }
  }

  @Test
  void critIsMeasuredFromTheBreachBeforeIt() {
    assertThat(risk(Alert.CRIT, 3_040).delay()).contains(Duration.ofMillis(40));
    assertThat(risk(Alert.CRIT, 27_055).delay()).contains(Duration.ofMillis(55));
  }

  @Test
  void recoveryIsMeasuredFromTheFirstCalmCall() {
    assertThat(risk(Alert.RESOLVED, 7_030).delay()).contains(Duration.ofMillis(30));
  }

  @Test
  void silenceIsMeasuredFromTheLastCall() {
    Alert alert = new Alert(Endpoint.WEBHOOK, Alert.CRIT, DemoChecks.SILENCE, Model.SILENT);

    assertThat(Delivered.of(alert, at(8_100), TRAFFIC).delay()).contains(Duration.ofMillis(4_100));
  }

  @Test
  void alertBeforeAnyReasonHasNoCause() {
    assertThat(risk(Alert.CRIT, 2_999).delay()).isEmpty();
    assertThat(risk(Alert.RESOLVED, 6_999).delay()).isEmpty();
  }

  @Test
  void everyEndpointMustBeToldOfBreachRecoveryAndSilence() {
    assertThat(DemoChecks.expected()).hasSize(9);
    journal.add(risk(Alert.CRIT, 3_040));

    Set<Alert> missing = journal.missing(DemoChecks.expected());

    assertThat(missing).hasSize(8);
    assertThat(missing).doesNotContain(risk(Alert.CRIT, 3_040).alert());
  }

  @Test
  void sameNewsOfTheSameBreachIsARepeat() {
    journal.add(risk(Alert.CRIT, 3_040));
    journal.add(risk(Alert.CRIT, 27_040));
    assertThat(journal.repeats()).isZero();

    journal.add(risk(Alert.CRIT, 27_500));

    assertThat(journal.repeats()).isEqualTo(1);
  }

  @Test
  void sameNewsForAnotherEndpointIsNoRepeat() {
    journal.add(risk(Alert.CRIT, 3_040));
    Alert other = new Alert(Endpoint.SLACK, Alert.CRIT, DemoChecks.RISKY_APPROVALS, Model.RISKY);
    journal.add(Delivered.of(other, at(3_050), TRAFFIC));

    assertThat(journal.repeats()).isZero();
  }

  @Test
  void alertOnAModelThatIsWellIsUnfounded() {
    journal.add(risk(Alert.CRIT, 3_040));
    assertThat(journal.unfounded()).isZero();
    Alert wrong = new Alert(Endpoint.SLACK, Alert.CRIT, DemoChecks.SILENCE, Model.RISKY);
    journal.add(Delivered.of(wrong, at(5_000), TRAFFIC));

    assertThat(journal.unfounded()).isEqualTo(1);
  }

  @Test
  void delaysOfRiskAndOfSilenceAreKeptApart() {
    journal.add(risk(Alert.CRIT, 3_040));
    journal.add(risk(Alert.RESOLVED, 7_020));
    Alert silence = new Alert(Endpoint.SLACK, Alert.CRIT, DemoChecks.SILENCE, Model.SILENT);
    journal.add(Delivered.of(silence, at(8_000), TRAFFIC));

    assertThat(journal.riskDelays().sorted())
        .containsExactly(Duration.ofMillis(20), Duration.ofMillis(40));
    assertThat(journal.silenceDelays().sorted()).containsExactly(Duration.ofSeconds(4));
    assertThat(journal.firstCrit()).contains(at(3_040));
  }

  private static Delivered risk(String what, long millis) {
    Alert alert = new Alert(Endpoint.WEBHOOK, what, DemoChecks.RISKY_APPROVALS, Model.RISKY);
    return Delivered.of(alert, at(millis), TRAFFIC);
  }

  private static Instant at(long millis) {
    return START.plusMillis(millis);
  }
}
