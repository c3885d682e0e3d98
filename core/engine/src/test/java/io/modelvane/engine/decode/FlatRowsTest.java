package io.modelvane.engine.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.EventRejection;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.PointBatchBuilder;
import io.modelvane.testkit.TestContext;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shorter way must be a shorter way to the same place. */
final class FlatRowsTest {
  private static final int MESSAGES = 60_000;

  /** Mappings that use what the shorter way has branches for. */
  private static final Map<String, JsonOptions> MAPPINGS =
      Map.of(
          "insights",
          JsonOptions.insights(true),
          "without ids",
          JsonOptions.insights(false),
          "typed",
          mapping(
              List.of("count", "duration_milliseconds"),
              List.of("note", "session_id"),
              ZoneOffset.ofHours(2),
              Identity.POSITION),
          "zoned",
          mapping(List.of(), List.of("request_id"), ZoneId.of("Europe/Berlin"), Identity.NONE));

  private static JsonOptions mapping(
      List<String> integers, List<String> strings, ZoneId zone, Identity identity) {
    return new JsonOptions(
        "calls",
        List.of(TagRule.parse("algorithm_name"), new TagRule("flagged", "flag")),
        List.of("*"),
        List.of("largest*"),
        Map.of("risk_score", "risk"),
        integers,
        strings,
        List.of("flag"),
        List.of("timestamp", "time"),
        TimeUnitOption.AUTO,
        zone,
        Optional.empty(),
        identity,
        Optional.of("request_id"),
        Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"insights", "without ids", "typed", "zoned"})
  void hostile_messages_give_the_rows_and_rejections_that_jackson_gives(String mapping) {
    JsonOptions options = Objects.requireNonNull(MAPPINGS.get(mapping));
    HostileJson json = new HostileJson(mapping.hashCode());
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      values.add(json.message());
    }
    List<String> shorter = decode(options, true, values);
    List<String> jackson = decode(options, false, values);
    for (int i = 0; i < MESSAGES; i++) {
      assertThat(shorter.get(i))
          .describedAs(new String(values.get(i), StandardCharsets.UTF_8))
          .isEqualTo(jackson.get(i));
    }
    assertThat(jackson).anyMatch(line -> line.startsWith("rejected"));
    assertThat(jackson.stream().filter(line -> !line.startsWith("rejected")).count())
        .isGreaterThan(MESSAGES / 20);
    FlatObject object = new FlatObject(new Slots(options));
    assertThat(values.stream().filter(object::split).count()).isGreaterThan(MESSAGES / 20);
  }

  private static List<String> decode(JsonOptions options, boolean shorter, List<byte[]> values) {
    PointBatchBuilder builder = new PointBatchBuilder();
    Messages messages = new Messages(values);
    builder.events(messages);
    try (TestContext context = TestContext.named("decoder").pipeline("metrics").build()) {
      new JsonDecoder(options, context, shorter).decode(messages, builder);
    }
    PointBatch batch = builder.build();
    String[] results = new String[values.size()];
    for (int row = 0; row < batch.size(); row++) {
      results[batch.origin(row)] = batch.line(row);
    }
    for (EventRejection rejection : batch.rejections()) {
      results[rejection.origin()] = "rejected: " + rejection.reason();
    }
    return List.of(results);
  }

  @Test
  void a_call_as_the_platform_sends_it_does_not_need_jackson() {
    JsonOptions options = JsonOptions.insights(true);
    String call =
        "{\"risk_score\": 0.2, \"duration_milliseconds\": 8, \"algorithm_name\":"
            + " \"credit_card_approval\", \"algorithm_owner\": \"asli\", \"algorithm_version\":"
            + " \"1.0.6\", \"session_id\": \"rses-1\", \"request_id\": \"req-1\", \"time\":"
            + " \"2021-02-20T00:21:54.867231\"}";
    assertThat(new FlatObject(new Slots(options)).split(call.getBytes(StandardCharsets.UTF_8)))
        .isTrue();
  }

  @Test
  void thousands_of_different_keys_neither_fill_the_memory_nor_end_the_shorter_way() {
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      String json =
          "{\"algorithm_name\":\"m\",\"metric_%d\":%d,\"time\":%d}".formatted(i, i, 1_790_000_000L);
      values.add(json.getBytes(StandardCharsets.UTF_8));
    }
    values.add(bytes("{\"algorithm_name\":\"m\",\"algorithm_name\":\"n\",\"score\":1}"));
    assertSameWays(values);
  }

  @Test
  void a_key_is_known_however_it_stands_this_time() {
    List<byte[]> values = new ArrayList<>();
    for (String pad : List.of("", " ", "\n\t ", " ".repeat(400))) {
      values.add(bytes("{%s\"score\"%s:%s1.5%s,\"note\": \"a\"}".replace("%s", pad)));
      values.add(bytes("{%s\"score\"%s:%s1.5%s, \"count\" :3}".replace("%s", pad)));
      values.add(bytes("{ \"count\"%s:%s3, \"score\":%s2}".replace("%s", pad)));
      values.add(bytes("{ \"scores\"%s:%s3, \"score\"%s:%s2}".replace("%s", pad)));
    }
    for (byte[] whole : List.copyOf(values)) {
      for (int length = 1; length < whole.length; length++) {
        values.add(Arrays.copyOf(whole, length));
      }
      values.add(whole);
    }
    assertSameWays(values);
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertSameWays(List<byte[]> values) {
    JsonOptions options = JsonOptions.insights(true);
    assertThat(decode(options, true, values)).isEqualTo(decode(options, false, values));
  }
}
