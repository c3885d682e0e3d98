package io.modelvane.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelvane.demo.CallSequence.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallSequenceTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TrafficPlan PLAN = TrafficPlan.standard().withMalformedEvery(0);

  @Test
  void samePlanGivesTheSameMessages() {
    assertThat(texts(take(TrafficPlan.standard(), 2_000)))
        .isEqualTo(texts(take(TrafficPlan.standard(), 2_000)));
  }

  @Test
  void otherSeedGivesOtherMessages() {
    assertThat(texts(take(PLAN, 10))).isNotEqualTo(texts(take(PLAN.withSeed(7), 10)));
  }

  @Test
  void messageHasTheShapeOfInsights() throws Exception {
    JsonNode call = json(take(PLAN, 1).get(0));

    assertThat(call.path("duration_milliseconds").isIntegralNumber()).isTrue();
    assertThat(call.path("request_id").asText())
        .matches("req-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(call.path("session_id").asText()).startsWith("rses-");
    assertThat(call.path("time").asText()).matches("2026-03-01T10:00:00(\\.\\d{6})?");
    assertThat(call.path("algorithm_version").asText()).matches("\\d+\\.\\d+\\.\\d+");
  }

  @Test
  void callsAreSpreadOverTheModelsAndComeAtTheRate() {
    List<Message> calls = take(PLAN.withSilentAfter(Duration.ofHours(1)), 20_000);

    for (Model model : Model.ALL) {
      long count = calls.stream().filter(call -> call.model().equals(model.name())).count();
      assertThat(count / 20_000.0).isCloseTo(model.share(), within(0.02));
    }
    Duration all = Duration.between(START, calls.get(19_999).dueAt());
    assertThat(all.toMillis() / 1000.0).isCloseTo(100, within(5.0));
  }

  @Test
  void durationsAreLogNormalAroundTheirMedian() throws Exception {
    List<Double> durations = values("fraud_screening", "duration_milliseconds");

    assertThat(durations.get(durations.size() / 2)).isCloseTo(25, within(2.0));
    assertThat(durations.get(durations.size() * 99 / 100)).isBetween(75.0, 140.0);
  }

  @Test
  void scoresAreBetaDistributed() throws Exception {
    List<Double> scores = values("fraud_screening", "fraud_score");

    double mean = scores.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    assertThat(mean).isCloseTo(0.1, within(0.01));
    assertThat(scores).allMatch(score -> score >= 0 && score <= 1);
  }

  @Test
  void riskScoreIsHighInRiskyTimesAndOnlyThen() throws Exception {
    Set<Integer> episodes = new HashSet<>();
    for (Message call : take(PLAN, 20_000)) {
      if (call.model().equals(Model.RISKY)) {
        double score = json(call).path("risk_score").asDouble();
        episodes.add(call.episode());
        if (call.episode() >= 0) {
          assertThat(score).isBetween(0.72, 0.99);
        } else {
          assertThat(score).isBetween(0.0, 0.5);
        }
      }
    }
    assertThat(episodes).contains(-1, 0, 1, 2);
  }

  @Test
  void silentModelFallsSilent() {
    Instant last =
        take(PLAN, 5_000).stream()
            .filter(call -> call.model().equals(Model.SILENT))
            .map(Message::dueAt)
            .max(Instant::compareTo)
            .orElseThrow();

    assertThat(last).isBetween(START.plusSeconds(4), START.plus(PLAN.silentAfter()));
  }

  @Test
  void requestsAreDistinctAndSessionsServeManyCalls() throws Exception {
    Set<String> requests = new HashSet<>();
    Set<String> sessions = new HashSet<>();
    for (Message call : take(PLAN, 5_000)) {
      requests.add(json(call).path("request_id").asText());
      sessions.add(json(call).path("session_id").asText());
    }

    assertThat(requests).hasSize(5_000);
    assertThat(sessions.size()).isBetween(10, 60);
  }

  @Test
  void malformedMessagesComeInBetweenAndAreNoJson() {
    List<Message> messages = take(PLAN.withMalformedEvery(10), 1_100);
    List<Message> malformed = messages.stream().filter(message -> !message.isCall()).toList();

    assertThat(malformed).hasSize(100);
    assertThat(malformed)
        .allSatisfy(
            message ->
                assertThatThrownBy(() -> json(message))
                    .isInstanceOf(JsonProcessingException.class));
  }

  @Test
  void planRefusesARateOfNothing() {
    assertThatThrownBy(() -> PLAN.withCallsPerSecond(0)).hasMessageContaining("callsPerSecond");
  }

  private static List<Double> values(String model, String field) throws Exception {
    List<Double> values = new ArrayList<>();
    for (Message call : take(PLAN, 20_000)) {
      if (call.model().equals(model)) {
        values.add(json(call).path(field).asDouble());
      }
    }
    values.sort(null);
    return values;
  }

  private static List<Message> take(TrafficPlan plan, int count) {
    CallSequence sequence = new CallSequence(plan, START);
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(sequence.next());
    }
    return messages;
  }

  private static List<String> texts(List<Message> messages) {
    return messages.stream().map(Message::text).toList();
  }

  private static JsonNode json(Message message) throws Exception {
    return JSON.readTree(message.text());
  }
}
