package io.modelvane.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.engine.TestEvents;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Point;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.PointBatchBuilder;
import io.modelvane.spi.Series;
import io.modelvane.spi.Split;
import io.modelvane.spi.Tag;
import io.modelvane.testkit.TestClock;
import io.modelvane.testkit.TestContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CollisionsTest {
  private static final Split A = new Split("calls", 0);
  private static final Split B = new Split("calls", 1);
  private static final FieldKey FIELD = FieldKey.of("v");
  private static final Series CREDIT = Series.of("m", List.of(new Tag("model", "credit")));
  private static final Series FRAUD = Series.of("m", List.of(new Tag("model", "fraud")));

  private final TestClock clock = TestClock.at(Instant.parse("2026-11-26T12:00:00Z"));
  private final TestContext context = TestContext.named("p").build();
  private final Collisions collisions = new Collisions(context.logger(), clock);

  private static final class Rows {
    private final PointBatchBuilder builder = new PointBatchBuilder();

    /** One event with a row for each time. */
    Rows event(Split split, long offset, Series series, long... times) {
      builder.events(TestEvents.batch(split, offset, "x"));
      builder.event(0);
      for (long time : times) {
        builder.beginRow();
        builder.integer(FIELD, offset);
        builder.endRow(series, time);
      }
      return this;
    }

    PointBatch batch() {
      return builder.build();
    }
  }

  private int count(Rows rows) {
    return collisions.count(rows.batch());
  }

  @Test
  void twoEventsWithOneSeriesAndTimeAreACollision() {
    assertThat(count(new Rows().event(A, 1, CREDIT, 7).event(A, 2, CREDIT, 7))).isEqualTo(1);
    assertThat(count(new Rows().event(B, 1, CREDIT, 7))).as("in another batch").isEqualTo(1);
  }

  @Test
  void anotherSeriesOrTimeIsNone() {
    assertThat(count(new Rows().event(A, 1, CREDIT, 7, 8).event(A, 2, FRAUD, 7, 8))).isZero();
    assertThat(count(new Rows().event(A, 3, CREDIT, 9).event(B, 1, CREDIT, 10))).isZero();
  }

  @Test
  void anEventThatIsReadAgainIsNone() {
    Rows first = new Rows().event(A, 1, CREDIT, 7, 8).event(B, 1, FRAUD, 7);
    assertThat(count(first)).isZero();
    assertThat(count(new Rows().event(B, 1, FRAUD, 7))).isZero();
    assertThat(count(new Rows().event(A, 1, CREDIT, 7, 8))).isZero();
  }

  @Test
  void twoEventsThatCollidedAreNotCountedAgainWhenTheyAreReadAgain() {
    count(new Rows().event(A, 1, CREDIT, 7).event(A, 2, CREDIT, 7));
    assertThat(count(new Rows().event(A, 1, CREDIT, 7).event(A, 2, CREDIT, 7))).isZero();
  }

  @Test
  void theSameOffsetOfATopicThatWasMadeAnewIsAnotherEvent() {
    count(new Rows().event(new Split("calls", 0, "first"), 1, CREDIT, 7));
    assertThat(count(new Rows().event(new Split("calls", 0, "second"), 1, CREDIT, 7))).isEqualTo(1);
  }

  @Test
  void rowsOfOneEventThatOverwriteEachOtherAreACollision() {
    assertThat(count(new Rows().event(A, 1, CREDIT, 7, 7))).isEqualTo(1);
    assertThat(count(new Rows().event(A, 1, CREDIT, 7, 7))).as("read again").isZero();
  }

  @Test
  void pointsThatComeFromNoEventAreLeftAlone() {
    PointBatchBuilder builder = new PointBatchBuilder();
    for (int i = 0; i < 2; i++) {
      builder.beginRow();
      builder.integer(FIELD, i);
      builder.endRow(CREDIT, 7);
    }
    assertThat(collisions.count(builder.build())).isZero();
  }

  @Test
  void pointsOfNoEventBetweenRowsOfOneHideNothing() {
    PointBatchBuilder builder = new PointBatchBuilder();
    builder.events(TestEvents.batch(A, 1, "x"));
    builder.event(0);
    builder.beginRow();
    builder.integer(FIELD, 1);
    builder.endRow(CREDIT, 7);
    builder.add(new Point(FRAUD, Instant.EPOCH, Map.of("v", 1L)));
    builder.event(0);
    builder.beginRow();
    builder.integer(FIELD, 2);
    builder.endRow(CREDIT, 7);
    assertThat(collisions.count(builder.build())).isEqualTo(1);
  }

  @Test
  void whatIsThousandsOfPointsAgoIsStillSeenAndWhatIsDifferentNeverCounts() {
    Rows many = new Rows().event(A, 0, CREDIT, 0);
    for (int i = 1; i < 20_000; i++) {
      many.event(A, i, i % 2 == 0 ? CREDIT : FRAUD, i);
    }
    assertThat(count(many)).isZero();
    assertThat(count(new Rows().event(B, 0, CREDIT, 0))).isEqualTo(1);
  }

  @Test
  void theFirstOfAMinuteIsNamed() {
    count(new Rows().event(A, 1, CREDIT, 7).event(A, 2, CREDIT, 7).event(A, 3, CREDIT, 7));
    assertThat(context.log())
        .singleElement()
        .asString()
        .contains("m,model=credit at 7 ns, again from calls-0@2");
    clock.advance(Duration.ofMinutes(1));
    count(new Rows().event(B, 3, CREDIT, 7));
    assertThat(context.log()).hasSize(2);
  }
}
