package io.modelvane.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointBatchTest {
  private static final Series SERIES = Series.of("m", List.of(new Tag("model", "a")));
  private static final FieldKey SCORE = FieldKey.of("risk score");
  private static final FieldKey ID = FieldKey.of("id");

  private final PointBatchBuilder builder = new PointBatchBuilder();

  @Test
  void twoFieldsThatAreOneToTheStoreAreRefusedInEitherOrder() {
    for (List<String> names : List.of(List.of("a\tb", "a b"), List.of("a b", "a\u007fb"))) {
      builder.beginRow();
      builder.integer(FieldKey.of(names.get(0)), 1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.integer(FieldKey.of(names.get(1)), 2))
          .withMessageContaining("'a b'");
      builder.abandonRow();
    }
    assertThat(FieldKey.of("a\tb")).isEqualTo(FieldKey.of("a b"));
    assertThat(FieldKey.of("a\tb").stored()).isEqualTo("a b");
    assertThat(FieldKey.of("a\\").stored()).isEqualTo("a/");
  }

  @Test
  void writesEveryTypeAsLineProtocol() {
    builder.beginRow();
    byte[] text = "x-0.250e1y".getBytes(StandardCharsets.UTF_8);
    builder.number(SCORE, text, 1, 9);
    builder.string(ID, "say \"hi\"\\\n\tdone");
    builder.integer(FieldKey.of("n"), Long.MIN_VALUE);
    builder.bool(FieldKey.of("b"), true);
    builder.endRow(SERIES, 1_700_000_000_123_456_789L);
    PointBatch batch = builder.build();
    assertThat(batch.line(0))
        .isEqualTo(
            "m,model=a risk\\ score=-0.250e1,id=\"say \\\"hi\\\"\\\\\\\\n done\","
                + "n=-9223372036854775808i,b=true 1700000000123456789");
    assertThat(batch.number(batch.field(0, SCORE))).isEqualTo(-2.5);
    assertThat(batch.text(batch.field(0, SCORE))).isEqualTo("-0.250e1");
    assertThat(batch.text(batch.field(0, ID))).isEqualTo("say \"hi\"\\\\n done");
    assertThat(batch.number(2)).isEqualTo(Long.MIN_VALUE);
    assertThat(batch.number(3)).isEqualTo(1);
    assertThat(batch.fieldType(3)).isEqualTo(FieldType.BOOLEAN);
    assertThat(batch.field(0, FieldKey.of("none"))).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "34,`\\\"`",
        "92,`\\\\`",
        "127,` `",
        "31,` `",
        "32,` `",
        "126,~",
        "252,ü",
        "160,\u00a0"
      })
  void whatNeedsAnEscapeIsFoundWhereverItStands(int special, String written) {
    for (int before = 0; before < 20; before++) {
      String text = "~".repeat(before) + (char) special + "ü!".repeat(before % 5);
      builder.beginRow();
      builder.string(ID, text);
      builder.endRow(SERIES, 1);
      assertThat(builder.build().line(0))
          .isEqualTo(
              "m,model=a id=\"" + "~".repeat(before) + written + "ü!".repeat(before % 5) + "\" 1");
    }
  }

  @Test
  void rowsKnowTheirEventsThroughSeveralBatches() {
    Split one = new Split("t", 0);
    Split two = new Split("t", 1);
    events(new TestEvents(one, 10, List.of("a", "b")));
    events(new TestEvents(two, 70, List.of("c")));
    events(new TestEvents(one, 12, List.of()));
    builder.reject("not JSON");
    PointBatch batch = builder.build();
    assertThat(batch.size()).isEqualTo(3);
    assertThat(batch.split(batch.origin(2))).isEqualTo(two);
    assertThat(batch.offset(batch.origin(1))).isEqualTo(11);
    assertThat(batch.event(batch.origin(2)).position()).hasToString("t-1@70");
    assertThat(batch.nextOffsets()).isEqualTo(Map.of(one, 12L, two, 71L));
  }

  private void events(EventBatch events) {
    builder.events(events);
    for (int i = 0; i < events.size(); i++) {
      builder.event(i);
      addRow(i);
    }
  }

  private void addRow(long value) {
    builder.beginRow();
    builder.integer(ID, value);
    builder.endRow(SERIES, value);
  }

  @Test
  void abandonedRowsAndRetractedEventsLeaveNothingBehind() {
    Split split = new Split("t", 0);
    events(new TestEvents(split, 0, List.of("a")));
    builder.beginRow();
    builder.string(ID, "half");
    builder.abandonRow();
    builder.events(new TestEvents(split, 1, List.of("b", "c")));
    builder.event(0);
    addRow(2);
    builder.event(1);
    builder.reject("bad");
    builder.retract(1);
    builder.events(new TestEvents(split, 1, List.of("b")));
    builder.event(0);
    addRow(3);
    PointBatch batch = builder.build();
    assertThat(batch).hasToString("m,model=a id=0i 0\nm,model=a id=3i 3");
    assertThat(batch.rejections()).isEmpty();
    assertThat(batch.offset(batch.origin(1))).isEqualTo(1);
    assertThat(batch.nextOffsets()).isEqualTo(Map.of(split, 2L));
  }

  @Test
  void copiesRowsWithTheirOriginAndRenamesFields() {
    builder.events(new TestEvents(new Split("t", 0), 5, List.of("a", "b")));
    builder.event(1);
    builder.beginRow();
    builder.string(ID, "q\"");
    builder.integer(SCORE, 7);
    builder.endRow(SERIES, 9);
    PointBatch in = builder.build();

    PointBatchBuilder out = new PointBatchBuilder();
    out.eventsOf(in);
    out.copyRow(in, 0);
    out.originOf(in, 0);
    out.beginRow();
    out.copyField(in, 0, FieldKey.of("renamed"));
    out.endRow(SERIES, 10);
    PointBatch copy = out.build();
    assertThat(copy.line(0)).isEqualTo(in.line(0));
    assertThat(copy.line(1)).isEqualTo("m,model=a renamed=\"q\\\"\" 10");
    assertThat(copy.offset(copy.origin(1))).isEqualTo(6);
  }

  @Test
  void growsAndIsUsedAgain() {
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 10_000; i++) {
        addRow(i);
      }
      PointBatch batch = builder.build();
      assertThat(batch.size()).isEqualTo(10_000);
      assertThat(batch.line(9_999)).isEqualTo("m,model=a id=9999i 9999");
      byte[] line = new byte[batch.lineLength(9_999)];
      assertThat(batch.writeLine(9_999, line, 0)).isLessThanOrEqualTo(line.length);
      builder.recycle(batch);
    }
  }

  @Test
  void seriesMayBeToldAfterTheirRows() {
    builder.events(new TestEvents(new Split("t", 0), 10, List.of("a", "b")));
    for (int i = 0; i < 2; i++) {
      builder.event(i);
      builder.beginRow();
      builder.integer(ID, i);
      assertThat(builder.endRow(7 + i)).isEqualTo(i);
    }
    builder.series(1, Series.of("later", List.of()));
    builder.series(0, SERIES);

    PointBatch batch = builder.build();
    assertThat(batch).hasToString("m,model=a id=0i 7\nlater id=1i 8");
    assertThat(batch.seriesHash(1)).isEqualTo(batch.series(1).hashCode());
    assertThat(batch.offset(batch.origin(1))).isEqualTo(11);
  }

  @Test
  void seriesThatIsNeverToldIsFoundAlsoWhereAnotherRowStoodBefore() {
    TestEvents events = new TestEvents(new Split("t", 0), 10, List.of("a"));
    events(events);
    builder.retract(0);
    builder.events(events);
    builder.beginRow();
    builder.integer(ID, 1);
    assertThat(builder.endRow(7)).isZero();
    assertThatIllegalStateException()
        .isThrownBy(builder::build)
        .withMessage("the series of row 0 was not told");
  }

  @Test
  void refusesRowsInfluxDbCannotStore() {
    builder.beginRow();
    assertThatIllegalStateException().isThrownBy(() -> builder.endRow(SERIES, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.number(ID, Double.NaN));
  }

  @Test
  void singlePointsBecomeRows() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("v", 0.5);
    fields.put("n", 3L);
    fields.put("s", "x");
    fields.put("b", false);
    Point point = new Point(SERIES, Instant.ofEpochSecond(1, 5), fields);
    assertThat(PointBatch.of(List.of(point)))
        .hasToString("m,model=a v=0.5,n=3i,s=\"x\",b=false 1000000005");
  }
}
