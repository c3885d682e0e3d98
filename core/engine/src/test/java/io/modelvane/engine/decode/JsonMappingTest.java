package io.modelvane.engine.decode;

import static io.modelvane.engine.decode.Decoding.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.engine.TestEvents;
import io.modelvane.spi.Header;
import io.modelvane.spi.Split;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonMappingTest {
  private static final String T = "\"t\":1767225600123456789";
  private static final String AT = " 1767225600123456789";

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String mapping(String more) {
    return "measurement: calls\ntime: [t]\n" + more;
  }

  private static String one(String yaml, String members) {
    Decoding.Result result = json(mapping(yaml)).decode("{" + T + "," + members + "}");
    assertThat(result.reasons()).isEmpty();
    return String.join("\n", result.lines());
  }

  @Test
  void tagsComeFromKeysNestedKeysAndFixedText() {
    assertThat(
            one(
                "tags: [model, {name: v, from: meta.version}, {name: site, from: =lab 1}]",
                "\"model\":\"m\",\"meta\":{\"version\":\"7\",\"n\":1}"))
        .isEqualTo("calls,model=m,site=lab\\ 1,v=7 meta.n=1" + AT);
  }

  @Test
  void tagsComeFromTheTopicItsCapturesTheKeyAndHeaders() {
    Decoding decoding =
        json(
            mapping(
                """
                topic_pattern: "seldon\\\\.([^.]+)\\\\.([^.]+)(\\\\.x)?"
                tags:
                  - {name: topic, from: $topic}
                  - {name: ns, from: "$topic:1"}
                  - {name: model, from: "$topic:2"}
                  - {name: extra, from: "$topic:3"}
                  - {name: key, from: $key}
                  - {name: type, from: "$header:ce_type"}
                  - {name: none, from: "$header:absent"}
                """));
    TestEvents events =
        TestEvents.batch(new Split("seldon.prod.iris", 0), 1, "{" + T + ",\"x\":1}")
            .key(utf8("req-1"))
            .headers(
                new Header("other", utf8("?")),
                new Header("ce_type", utf8("response")),
                new Header("ce_type", utf8("second")));
    assertThat(decoding.decode(events).lines())
        .containsExactly(
            "calls,key=req-1,model=iris,ns=prod,topic=seldon.prod.iris,type=response x=1" + AT);
    TestEvents bare = TestEvents.batch(new Split("other", 0), 1, "{" + T + ",\"x\":1}");
    assertThat(decoding.decode(bare).lines()).containsExactly("calls,topic=other x=1" + AT);
  }

  @ParameterizedTest
  @CsvSource({
    "$topic, 'a\\ b'",
    "$key, k",
    "'$header:h', v",
    "'$value:kind', chat",
    "plain, plain",
  })
  void theMeasurementComesFromWhereTheMappingSays(String from, String measurement) {
    Decoding decoding = json("measurement: \"%s\"\ntime: [t]".formatted(from));
    TestEvents events =
        TestEvents.batch(new Split("a b", 0), 1, "{" + T + ",\"kind\":\"chat\",\"x\":1}")
            .key(utf8("k"))
            .headers(new Header("h", utf8("v")));
    assertThat(decoding.decode(events).lines()).containsExactly(measurement + " x=1" + AT);
  }

  @ParameterizedTest
  @CsvSource({
    "$key, 'has no measurement: ''$key'' names none'",
    "'$value:kind', 'has no measurement: ''kind'' names none'",
  })
  void withoutItsMeasurementAMessageIsRejected(String from, String reason) {
    Decoding decoding = json("measurement: \"%s\"\ntime: [t]".formatted(from));
    assertThat(decoding.decode("{" + T + ",\"x\":1}").reasons()).containsExactly(reason);
  }

  @Test
  void globsChooseFieldsAndWhatIsDropped() {
    assertThat(
            one(
                "fields: [\"score_*\", \"a.*\", n]\ndrop: [\"*_raw\", \"a.x*y\"]",
                "\"score_1\":1,\"score_raw\":2,\"score\":3,\"n\":4,\"nn\":5,"
                    + "\"a\":{\"b\":6,\"x1y\":7}"))
        .isEqualTo("calls score_1=1,n=4,a.b=6" + AT);
  }

  @Test
  void globsTakeEveryOtherCharacterAsItIs() {
    assertThat(one("fields: [\"a.b\", \"c\\\\E*\", \"d*\"]", "\"axb\":1,\"c\\\\Ez\":2,\"d\\ne\":3"))
        .isEqualTo("calls c\\Ez=2,d\\ e=3" + AT);
  }

  @Test
  void fieldsCanBeRenamed() {
    assertThat(one("rename: {usage.total: tokens}", "\"usage\":{\"total\":5,\"other\":1}"))
        .isEqualTo("calls tokens=5,usage.other=1" + AT);
  }

  /** Line protocol carries a tab as a space, and a backslash at the end as a slash. */
  @Test
  void twoKeysThatAreOneFieldForTheStoreAreRejected() {
    Decoding decoding = json(mapping(""));
    assertThat(decoding.decode("{" + T + ",\"a\\tb\":1,\"a b\":2}").reasons())
        .containsExactly("two keys give the field 'a b'; see 'rename'");
    assertThat(decoding.decode("{" + T + ",\"a b\":1,\"c\":3,\"a\\nb\":2}").reasons())
        .containsExactly("two keys give the field 'a b'; see 'rename'");
    assertThat(decoding.decode("{" + T + ",\"a/\":1,\"a\\\\\":2}").reasons())
        .containsExactly("two keys give the field 'a/'; see 'rename'");
    assertThat(decoding.decode("{" + T + ",\"a\u007fb\":1,\"a b\":2}").reasons())
        .containsExactly("two keys give the field 'a b'; see 'rename'");
    assertThat(decoding.decode("{" + T + ",\"a\\tb\":1,\"ab\":2}").reasons()).isEmpty();
  }

  @Test
  void twoKeysForOneFieldAreRejected() {
    Decoding decoding = json(mapping("rename: {a: b}"));
    assertThat(decoding.decode("{" + T + ",\"a\":1,\"b\":2}").reasons())
        .containsExactly("two keys give the field 'b'; see 'rename'");
    assertThat(decoding.decode("{" + T + ",\"b\":1,\"a\":2}").reasons())
        .containsExactly("two keys give the field 'b'; see 'rename'");
    assertThat(decoding.decode("{" + T + ",\"a\":2}").lines()).containsExactly("calls b=2" + AT);
  }

  @Test
  void integersStringsAndTruthValuesKeepTheirTypes() {
    assertThat(
            one(
                "integers: [n, b1]\nstrings: [s, s2, s3]\nbooleans: [b, b2]",
                "\"n\":\"42\",\"b1\":true,\"s\":\"text, \\\"quoted\\\"\",\"s2\":1.50,\"s3\":false,"
                    + "\"b\":true,\"b2\":\"FALSE\",\"f\":7"))
        .isEqualTo(
            "calls n=42i,b1=1i,s=\"text, \\\"quoted\\\"\",s2=\"1.50\",s3=\"false\",b=true,b2=false,f=7"
                + AT);
  }

  @ParameterizedTest
  @CsvSource({"1.5", "9223372036854775808", "'\"many\"'", "1e2"})
  void whatIsNoIntegerIsRejectedByName(String value) {
    Decoding decoding = json(mapping("integers: [n]"));
    assertThat(decoding.decode("{" + T + ",\"n\":" + value + "}").reasons())
        .singleElement()
        .asString()
        .startsWith("'n' is " + value.replace("\"", "") + ", which is no 64-bit integer;");
  }

  @Test
  void theFirstKeyThatHoldsATimeCounts() {
    Decoding decoding = json("measurement: calls\ntime: [a, b.c]\ntime_unit: seconds");
    assertThat(decoding.decode("{\"b\":{\"c\":1767225600.000000001},\"x\":1}").lines())
        .containsExactly("calls x=1 1767225600000000001");
    assertThat(
            decoding
                .decode("{\"b\":{\"c\":1767225600},\"a\":1767225601.000000001,\"x\":1}")
                .lines())
        .containsExactly("calls x=1 1767225601000000001");
  }

  @Test
  void theZoneIsForTimesThatNameNone() {
    Decoding decoding = json("measurement: calls\ntime: [t]\nzone: Europe/Berlin");
    assertThat(decoding.decode("{\"t\":\"2026-07-01T02:00:00.000000000\",\"x\":1}").lines())
        .containsExactly("calls x=1 1782864000000000000");
  }

  @Test
  void withIdentityNoneTheTimeStaysAsItIs() {
    Decoding decoding = json(mapping("identity: none"));
    assertThat(decoding.decode("{\"t\":1767225600,\"x\":1}").lines())
        .containsExactly("calls x=1 1767225600000000000");
  }

  @Test
  void anIdIsTheSameHoweverItIsWritten() {
    Decoding decoding = json(mapping("identity: value\nidentity_key: id"));
    String message = "{\"t\":1767225600,\"id\":\"%s\",\"x\":1}";
    List<String> plain = decoding.decode(message.formatted("req-1")).lines();
    assertThat(decoding.decode(message.formatted("req-\\u0031")).lines()).isEqualTo(plain);
    List<String> accented = decoding.decode(message.formatted("req-é")).lines();
    assertThat(decoding.decode(message.formatted("req-\\u00e9")).lines())
        .isEqualTo(accented)
        .isNotEqualTo(plain);
  }

  @Test
  void withIdentityPositionTheValueDoesNotMatter() {
    Decoding decoding = json(mapping("identity: position"));
    String message = "{\"t\":1767225600,\"request_id\":\"r\",\"x\":1}";
    List<String> lines = new ArrayList<>();
    for (int offset : new int[] {1, 2, 1}) {
      lines.addAll(decoding.decode(TestEvents.batch(Decoding.TOPIC, offset, message)).lines());
    }
    assertThat(lines.get(0)).isNotEqualTo(lines.get(1)).isEqualTo(lines.get(2));
    assertThat(decoding.decode(TestEvents.batch(new Split("calls", 4), 1, message)).lines())
        .doesNotContain(lines.get(0));
  }

  @Test
  void anArrayAtTheTopExplodes() {
    Decoding decoding = json(mapping("explode: \".\"\ntags: [m]"));
    Decoding.Result result =
        decoding.decode("[{%s,\"m\":\"a\",\"x\":1.10},{%s,\"m\":\"b\",\"x\":2}]".formatted(T, T));
    assertThat(result.lines())
        .containsExactly("calls,m=a x=1.10" + AT, "calls,m=b x=2 1767225600123456790");
  }

  @Test
  void aNestedArrayExplodesWithTheRestOfTheMessage() {
    Decoding decoding = json(mapping("explode: out.rows\ntags: [m]"));
    Decoding.Result result =
        decoding.decode(
            "{\"m\":\"a\",%s,\"y\":0.10,\"out\":{\"n\":2,\"rows\":[{\"x\":1},{\"x\":2,\"y\":9}]}}"
                .formatted(T));
    assertThat(result.reasons()).isEmpty();
    assertThat(result.lines())
        .containsExactly(
            "calls,m=a y=0.10,out.n=2,x=1" + AT, "calls,m=a y=9,out.n=2,x=2 1767225600123456790");
  }

  @Test
  void elementsOfOneArrayNeverOverwriteEachOtherWhileThereIsRoom() {
    Decoding decoding = json(mapping("explode: \".\""));
    String rows =
        IntStream.range(0, 1000)
            .mapToObj(i -> "{\"t\":\"2026-01-01T00:00:00.000001\",\"x\":1}")
            .collect(Collectors.joining(",", "[", "]"));
    List<String> lines = decoding.decode(rows).lines();
    assertThat(new HashSet<>(lines)).hasSize(1000);
    assertThat(lines).allMatch(line -> line.startsWith("calls x=1 1767225600000001"));
    assertThat(decoding.decode(rows).lines()).isEqualTo(lines);
  }

  @Test
  void badElementsAreNamedInOneRejectionAndTheOthersAreStored() {
    Decoding decoding = json(mapping("explode: \".\""));
    Decoding.Result result =
        decoding.decode("[{%s,\"x\":1},7,{\"x\":2},{%s},{\"t\":0,\"x\":1}]".formatted(T, T));
    assertThat(result.lines()).containsExactly("calls x=1" + AT);
    assertThat(result.reasons())
        .containsExactly(
            "4 of its 5 elements cannot be stored: element 1 is not an object; element 2 has no"
                + " time: none of [t] is there, nor does the source know one; element 3 has no"
                + " field that can be stored; a point needs at least one number; ...");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ". | {} | is not an array",
        "rows | {\"rows\":1} | has no array 'rows' to explode",
        "rows | [] | has no array 'rows' to explode",
        "a.rows | {\"a\":[]} | has no array 'a.rows' to explode",
        ". | [] | its array has 0 elements; 1 to 10000 are allowed",
        ". | [{\"a\":1,\"a\":1}] | is not valid JSON at byte 12: Duplicate field 'a'",
        ". | [] [] | is not valid JSON at byte ",
        ". | [ | is not valid JSON at byte ",
      })
  void whatCannotExplodeIsRejected(String path, String message, String reason) {
    Decoding decoding = json(mapping("explode: " + path));
    assertThat(decoding.decode(message).reasons()).singleElement().asString().startsWith(reason);
  }

  @Test
  void anArrayThatWouldMultiplyALargeMessageIsRejected() {
    Decoding decoding = json(mapping("explode: rows"));
    String rows = "{},".repeat(9_999) + "{}";
    Decoding.Result result =
        decoding.decode("{\"pad\":\"%s\",\"rows\":[%s]}".formatted("p".repeat(100_000), rows));
    assertThat(result.reasons())
        .containsExactly(
            "its array would repeat the rest of the message in 10000 elements, 953 MiB in all");
  }

  @Test
  void manyLongSeriesDoNotFillTheMemory() throws Rejection {
    SeriesCache cache = new SeriesCache(List.of("prompt"));
    for (int i = 0; i < 10_000; i++) {
      cache.clear();
      cache.tag(0, "p".repeat(2_000) + i);
      assertThat(cache.series("m").head()).hasSizeGreaterThan(2_000);
    }
    assertThat(cache.size()).isLessThan(5_000);
  }

  @Test
  void manySeriesDoNotFillTheMemory() throws Rejection {
    SeriesCache cache = new SeriesCache(List.of("id"));
    for (int i = 0; i < 120_000; i++) {
      cache.clear();
      cache.tag(0, "v" + i);
      assertThat(cache.series("m").head()).hasSize(5 + Integer.toString(i).length() + 1);
    }
    assertThat(cache.size()).isLessThanOrEqualTo(100_000);
  }
}
