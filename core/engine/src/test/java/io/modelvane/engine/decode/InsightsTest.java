package io.modelvane.engine.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.engine.TestEvents;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The preset, by what the platform and its clients are known to send. */
class InsightsTest {
  /** With nanoseconds, below which nothing is free: lines can be told exactly. */
  private static final String TIME = "\"time\":\"2026-01-01T00:00:00.123456789\"";

  private final Decoding insights = Decoding.insights();

  private Decoding.Result decode(String members) {
    return insights.decode("{%s,\"algorithm_name\":\"m\",%s}".formatted(TIME, members));
  }

  private static String line(String fields) {
    return "algorithmia,algorithm_name=m " + fields + " 1767225600123456789";
  }

  @Test
  void theDocumentedMessageBecomesThePointThatDashboardsExpect() {
    Decoding.Result result =
        insights.decode(
            """
            {"risk_score": 0.2, "duration_milliseconds": 8, "algorithm_name": "credit_card_approval",
             "algorithm_owner": "asli", "algorithm_version": "1.0.6", "session_id": "rses-4f8c",
             "request_id": "req-72b9", "time": "2021-02-20T00:21:54.867231"}
            """);
    assertThat(result.reasons()).isEmpty();
    assertThat(result.lines())
        .containsExactly(
            "algorithmia,algorithm_name=credit_card_approval,algorithm_owner=asli,"
                + "algorithm_version=1.0.6 risk_score=0.2,duration_milliseconds=8,"
                + "session_id=\"rses-4f8c\",request_id=\"req-72b9\" 1613780514867231"
                + below("1613780514867231", result));
  }

  /** The digits that are free for telling calls apart: any, but always the same. */
  private String below(String known, Decoding.Result result) {
    String line = result.lines().get(0);
    String time = line.substring(line.lastIndexOf(' ') + 1);
    assertThat(time).startsWith(known).hasSize(19);
    return time.substring(known.length());
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"a\":1 | a=1",
        "\"a\":0.2 | a=0.2",
        "\"a\":1.50 | a=1.50",
        "\"a\":-0.0 | a=-0.0",
        "\"a\":1e3 | a=1e3",
        "\"a\":1E-7 | a=1E-7",
        "\"a\":1e-400 | a=1e-400",
        "\"a\":9223372036854775807 | a=9223372036854775807",
        "\"a\":9223372036854775808 | a=9223372036854775808",
        "\"a\":123456789012345678901234567890 | a=123456789012345678901234567890",
        "\"a\":\"4\" | a=4",
        "\"a\":\"-4.25e1\" | a=-4.25e1",
        "\"a\":\" 4.5 \" | a=4.5",
        "\"a\":\"+5\" | a=5.0",
        "\"a\":\".5\" | a=0.5",
        "\"a\":\"5.\" | a=5.0",
        "\"a\":\"007\" | a=7.0",
        "\"a\":true | a=1",
        "\"a\":false | a=0",
        "\"a\":\"True\" | a=1",
        "\"a\":\"false\" | a=0",
        "\"x\":1,\"a\":null | x=1",
        "\"a\":{\"b\":{\"c\":1},\"d\":2} | a.b.c=1,a.d=2",
        "\"no employment\":1 | no\\ employment=1",
        "\"a,b\":1 | a\\,b=1",
        "\"a=b\":1 | a\\=b=1",
        "\"a\\\"b\":1 | a\"b=1",
        "\"a\\nb\":1 | a\\ b=1",
        "\"a\\r\\u0000b\":1 | a\\ \\ b=1",
        "\"a\\\\\":1 | a/=1",
        "\"a\\\\b\":1 | a\\b=1",
        "\"größe\":1 | größe=1",
        "\"\\ud83d\\ude00\":1 | 😀=1",
        "\"#\":1 | #=1",
        "\"request_id\":\"r\" | request_id=\"r\"",
        "\"request_id\":17 | request_id=\"17\"",
        "\"request_id\":\"a\\nb\\u0007\\\"c\\\\\" | request_id=\"a\\\\nb \\\"c\\\\\"",
      })
  void valuesBecomeFields(String members, String fields) {
    Decoding.Result result = decode(members);
    assertThat(result.reasons()).isEmpty();
    assertThat(result.lines()).containsExactly(line(fields));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "NaN | not_finite",
        "Infinity | not_finite",
        "-Infinity | not_finite",
        "1e400 | not_finite",
        "-1e400 | not_finite",
        "\"1e400\" | not_finite",
        "\"NaN\" | not_finite",
        "\"-inf\" | not_finite",
        "\"Infinity\" | not_finite",
        "\"approved\" | text",
        "\"\" | text",
        "\"0x10\" | text",
        "\"1_000\" | text",
        "\"1,5\" | text",
        "\"٣\" | text",
        "[1,2] | array",
        "[[{\"a\":[]}]] | array",
      })
  void whatNoFieldCanHoldIsDroppedAndCountedAndTheRestIsStored(String value, String cause) {
    Decoding.Result result = decode("\"bad\":%s,\"x\":1".formatted(value));
    assertThat(result.reasons()).isEmpty();
    assertThat(result.lines()).containsExactly(line("x=1"));
    assertThat(insights.dropped(cause)).isEqualTo(1);
  }

  @Test
  void aFieldCalledTimeOrNothingIsDroppedAndCounted() {
    assertThat(decode("\"x\":1,\"\":2").lines()).containsExactly(line("x=1"));
    assertThat(insights.dropped("reserved")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"5", "0.5", "'\"high\"'", "true", "NaN", "[1]", "'{\"a\":2}'"})
  void aMetricCalledTimeDoesNotHideTheTimestamp(String metric) {
    Decoding.Result result =
        insights.decode(
            "{\"time\":%s,\"timestamp\":\"2026-01-01T00:00:00.123456789\",\"x\":1}"
                .formatted(metric));
    assertThat(result.reasons()).isEmpty();
    assertThat(result.lines().get(0))
        .contains("x=1 1767225600123456789")
        .doesNotContain("time=")
        .endsWith("1767225600123456789");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "5 | the time '5' is outside 2000 to 2200; check its unit",
        "true | 'true' is not a time",
        "[1] | '(an array)' is not a time",
        "{\"a\":2} | '(an object)' is not a time",
        "NaN | 'NaN' is not a time",
        "\"soon\" | 'soon' is not a time",
        "\"\" | '' is not a time",
      })
  void aTimeThatIsNoneIsRejectedAndNotReplacedByAnother(String time, String reason) {
    Decoding.Result result =
        insights.decode(
            TestEvents.batch(Decoding.TOPIC, 1, "{\"time\":%s,\"x\":1}".formatted(time))
                .at(1767225600123L));
    assertThat(result.lines()).isEmpty();
    assertThat(result.reasons()).singleElement().asString().startsWith(reason);
  }

  @Test
  void withoutATimeTheSourcesTimeCounts() {
    Decoding.Result result =
        insights.decode(TestEvents.batch(Decoding.TOPIC, 1, "{\"x\":1}").at(1767225600123L));
    assertThat(result.lines().get(0)).startsWith("algorithmia x=1 1767225600123").hasSize(35);
  }

  @Test
  void withoutAnyTimeAMessageIsRejected() {
    assertThat(insights.decode("{\"x\":1,\"time\":null}").reasons())
        .containsExactly(
            "has no time: none of [time, timestamp] is there, nor does the source know one");
  }

  @Test
  void moreThanTwentyFiveMetricsPass() {
    String members =
        IntStream.range(0, 300)
            .mapToObj(i -> "\"m" + i + "\":" + i)
            .collect(Collectors.joining(","));
    String fields =
        IntStream.range(0, 300).mapToObj(i -> "m" + i + "=" + i).collect(Collectors.joining(","));
    assertThat(decode(members).lines()).containsExactly(line(fields));
  }

  @Test
  void tagsThatAreMissingAreLeftOutAndNumbersAreTextThere() {
    Decoding.Result result =
        insights.decode(
            "{%s,\"algorithm_version\":2,\"algorithm_owner\":null,\"algorithm_name\":\"\",\"x\":1}"
                .formatted(TIME));
    assertThat(result.lines())
        .containsExactly("algorithmia,algorithm_version=2 x=1 1767225600123456789");
  }

  @Test
  void tagValuesAreEscaped() {
    Decoding.Result result =
        insights.decode(
            "{%s,\"algorithm_name\":\"a b,c=d\\\\\",\"algorithm_owner\":\"x\\ny\",\"x\":1}"
                .formatted(TIME));
    assertThat(result.lines())
        .containsExactly(
            "algorithmia,algorithm_name=a\\ b\\,c\\=d/,algorithm_owner=x\\ y x=1"
                + " 1767225600123456789");
  }

  @Test
  void idsThatAreNotKeptTellCallsApartAllTheSame() {
    Decoding lean = Decoding.insights(false);
    String message =
        "{\"time\":\"2026-01-01T00:00:00\",\"request_id\":\"%s\",\"session_id\":\"s\",\"x\":1}";
    String one = lean.decode(message.formatted("req-1")).lines().get(0);
    String two = lean.decode(message.formatted("req-2")).lines().get(0);
    assertThat(one).matches("algorithmia x=1 1767225600\\d{9}").isNotEqualTo(two);
    assertThat(lean.dropped("text")).as("left out on purpose").isZero();
    assertThat(lean.decode(message.formatted("17")).lines().get(0)).startsWith("algorithmia x=1 ");
  }

  @Test
  void theSameRequestGivesTheSamePointWhereverItStands() {
    String message = "{\"time\":\"2026-01-01T00:00:00\",\"request_id\":\"req-1\",\"x\":1}";
    String here = insights.decode(TestEvents.batch(Decoding.TOPIC, 1, message)).lines().get(0);
    String there =
        Decoding.insights()
            .decode(TestEvents.batch(new io.modelvane.spi.Split("other", 9), 1000, message))
            .lines()
            .get(0);
    assertThat(here).isEqualTo(there);
    assertThat(here).as("in every run, on every machine").endsWith(" 1767225600888476912");
  }

  @Test
  void withoutARequestIdThePositionTellsCallsApart() {
    String message = "{\"time\":\"2026-01-01T00:00:00\",\"x\":1}";
    Set<String> lines = new HashSet<>();
    for (int offset = 0; offset < 1000; offset++) {
      lines.addAll(insights.decode(TestEvents.batch(Decoding.TOPIC, offset, message)).lines());
    }
    assertThat(lines).hasSize(1000);
    assertThat(insights.decode(TestEvents.batch(Decoding.TOPIC, 5, message)).lines().get(0))
        .isIn(lines)
        .endsWith(" 1767225600196488707");
  }

  @Test
  void anEmptyRequestIdIsNone() {
    String message = "{\"time\":\"2026-01-01T00:00:00\",\"request_id\":\"\",\"x\":1}";
    String one = insights.decode(TestEvents.batch(Decoding.TOPIC, 1, message)).lines().get(0);
    String two = insights.decode(TestEvents.batch(Decoding.TOPIC, 2, message)).lines().get(0);
    assertThat(one).isNotEqualTo(two);
  }
}
