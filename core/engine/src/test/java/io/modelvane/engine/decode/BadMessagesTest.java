package io.modelvane.engine.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.modelvane.engine.TestEvents;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot become a point says what is wrong and where, and spoils nothing else. */
class BadMessagesTest {
  private static final String GOOD =
      "{\"time\":\"2026-01-01T00:00:00.123456789\",\"algorithm_name\":\"m\",\"x\":1}";
  private static final String LINE = "algorithmia,algorithm_name=m x=1 1767225600123456789";

  private final Decoding insights = Decoding.insights();

  static Stream<Arguments> bad() {
    String time = "{\"time\":\"2026-01-01T00:00:00.123456789\",";
    return Stream.of(
        arguments("", "is empty"),
        arguments("  \n", "is blank, not a JSON object"),
        arguments("null", "is null, not a JSON object"),
        arguments("17", "is a number, not a JSON object"),
        arguments("NaN", "is a number, not a JSON object"),
        arguments("\"text\"", "is a text, not a JSON object"),
        arguments("true", "is a truth value, not a JSON object"),
        arguments(
            "[" + GOOD + "]",
            "is an array; set 'explode: .' if each element is a call, not a JSON object"),
        arguments("{", "is not valid JSON at byte "),
        arguments("{\"x\":1", "is not valid JSON at byte "),
        arguments("{\"x\":1,}", "is not valid JSON at byte 7: Unexpected character ('}'"),
        arguments("{\"x\":01}", "is not valid JSON at byte "),
        arguments("{\"x\":tru}", "is not valid JSON at byte "),
        arguments("{'x':1}", "is not valid JSON at byte 1: Unexpected character (''' (code 39))"),
        arguments("{\"x\":\"unclosed}", "is not valid JSON at byte "),
        arguments("<xml/>", "is not valid JSON at byte 0: Unexpected character ('<'"),
        arguments(GOOD + GOOD, "goes on after its JSON object"),
        arguments(GOOD + "]", "is not valid JSON at byte "),
        arguments(time + "\"x\":1,\"x\":1}", "the key 'x' occurs twice"),
        arguments(time + "\"a\":{\"b\":1},\"a\":{\"c\":1}}", "the key 'a' occurs twice"),
        arguments(time + "\"a\":{\"b\":1},\"a.b\":1}", "the key 'a.b' occurs twice"),
        arguments(
            time + "\"time\":\"2026-01-01T00:00:01\",\"x\":1}", "the key 'time' occurs twice"),
        arguments(time + "\"a\":\"\\ud800\"}", "'a' holds half of a surrogate pair"),
        arguments(time + "\"a\":\"x\\udc00y\"}", "'a' holds half of a surrogate pair"),
        arguments(
            time + "\"a\":\"text only\"}",
            "has no field that can be stored; a point needs at least one number"),
        arguments(
            time + "\"x\":" + "1".repeat(5000) + "}",
            "is not read: Number value length (5000) exceeds the maximum allowed (4000)"),
        arguments(
            time + "\"x\":1,\"a\":" + "[".repeat(40) + "]".repeat(40) + "}",
            "is not read: Document nesting depth (33) exceeds the maximum allowed (32)"),
        arguments(
            time + "\"x\":" + "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_001),
            "is not read: Document nesting depth (33) exceeds the maximum allowed (32)"),
        arguments(
            time + ("\"" + "n".repeat(3000) + "\":{").repeat(3) + "\"a\":1}}}}",
            "has a key of more than 8,000 characters, those it lies in included"),
        arguments(time + longKeys(900), "has keys of more than 4,194,304 characters in all"),
        arguments(time + "\"" + "n".repeat(9000) + "\":1}", "is not read: Name length ("),
        arguments(
            time + "\"x\":1,\"algorithm_name\":\"" + "m".repeat(70_000) + "\"}",
            "measurement and tags take "),
        arguments("{\"time\":\"yesterday\",\"x\":1}", "'yesterday' is not a time; ISO-8601 and"),
        arguments(
            "{\"time\":\"1999-12-31T23:59:59Z\",\"x\":1}", "the time '1999-12-31T23:59:59Z' is"),
        arguments("{\"time\":\"a\\nb" + "c".repeat(100) + "\",\"x\":1}", "'a?bccc"));
  }

  /** So many numbers, each in an object with a long name. */
  private static String longKeys(int count) {
    StringBuilder json = new StringBuilder("\"" + "n".repeat(7900) + "\":{");
    for (int i = 0; i < count; i++) {
      json.append("\"k").append(i).append("\":1,");
    }
    return json + "\"last\":1}}";
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("bad")
  void isRejectedWithWhatAndWhereAndTheNextIsRead(String message, String reason) {
    Decoding.Result result =
        insights.decode(TestEvents.batch(Decoding.TOPIC, 1, GOOD, message, GOOD));
    assertThat(result.reasons()).singleElement().asString().startsWith(reason).hasSizeLessThan(260);
    assertThat(result.reasons().get(0)).doesNotContain("\n");
    assertThat(result.lines()).containsExactly(LINE, LINE);
  }

  @Test
  void aTombstoneSaysSo() {
    TestEvents events = new TestEvents(Decoding.TOPIC, 1).add(null);
    assertThat(insights.decode(events).reasons()).containsExactly("has no value (a tombstone)");
  }

  @ParameterizedTest
  @MethodSource("notUtf8")
  void bytesThatAreNotUtf8AreRejected(byte[] message) {
    Decoding.Result result = insights.decode(message);
    assertThat(result.lines()).isEmpty();
    assertThat(result.reasons()).singleElement().asString().startsWith("is not valid JSON");
  }

  static List<byte[]> notUtf8() {
    return List.of(
        Decoding.latin("{\"x\":1,\"a\":\"\u00e9t\u00e9\"}"),
        Decoding.latin("{\"x\":1,\"\u00ff\":1}"),
        Decoding.latin("{\"x\":1,\"a\":\"\u00c3"),
        Decoding.latin("{\"x\":1,\"a\":\"\u00ed\u00a0\u0080\u00ff\"}"),
        Decoding.latin("\u0000\u0000\u0000{\u0000\u0011\u0000\u0000"),
        Decoding.latin("\u0000{\u0000\"\u00d8"),
        Decoding.latin("\u001f\u008b\b\u0000 gzip"));
  }

  @Test
  void aByteOrderMarkIsNoTrouble() {
    assertThat(insights.decode("\ufeff" + GOOD).lines()).containsExactly(LINE);
  }

  @Test
  void aMessageOfFiveMegabytesIsReadAndItsTextLeftOut() {
    String large = "p".repeat(5 << 20);
    Decoding.Result result =
        insights.decode(GOOD.replace("}", ",\"prompt\":\"" + large + "\",\"y\":2}"));
    assertThat(result.lines()).containsExactly(LINE.replace("x=1", "x=1,y=2"));
    assertThat(insights.dropped("text")).isEqualTo(1);
  }

  @Test
  @Timeout(60) // what looks at every digit again for every digit takes hours
  void aTextThatBeginsLikeALongNumberIsReadInOneGo() {
    String almost = "1".repeat(1_000_000) + "x";
    Decoding.Result result = insights.decode(GOOD.replace("}", ",\"y\":\"" + almost + "\"}"));
    assertThat(result.lines()).containsExactly(LINE);
    assertThat(insights.dropped("text")).isEqualTo(1);
  }

  @Test
  void aNumericTextOfAMillionDigitsIsWrittenShort() {
    Decoding.Result result =
        insights.decode(GOOD.replace("}", ",\"y\":\"0." + "1".repeat(1_000_000) + "\"}"));
    assertThat(result.lines()).containsExactly(LINE.replace("x=1", "x=1,y=0.1111111111111111"));
  }

  @Test
  void moreKeysThanAreRememberedAreStillToldApart() {
    StringBuilder message = new StringBuilder(GOOD);
    message.setLength(message.length() - 1);
    for (int i = 0; i < 6000; i++) {
      message.append(",\"k").append(i).append("\":1");
    }
    assertThat(insights.decode(message + "}").lines().get(0)).contains(",k5999=1 ");
    assertThat(insights.decode(message + ",\"k5999\":1}").reasons())
        .containsExactly("the key 'k5999' occurs twice");
    assertThat(insights.decode(message + "}").reasons()).isEmpty();
  }

  /** Whatever comes, the decoder answers for each message and does not throw. */
  @Test
  void noiseNeverThrows() {
    Random random = new Random(11);
    byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 5_000; i++) {
      ByteArrayOutputStream noise = new ByteArrayOutputStream();
      noise.write(good, 0, random.nextInt(good.length + 1));
      for (int b = random.nextInt(4); b > 0; b--) {
        noise.write(random.nextInt(256));
      }
      int from = random.nextInt(good.length);
      noise.write(good, from, good.length - from);
      Decoding.Result result = insights.decode(noise.toByteArray());
      assertThat(result.lines().size() + result.reasons().size()).isEqualTo(1);
    }
  }
}
