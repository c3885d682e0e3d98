package io.modelvane.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.engine.TestEvents;
import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.PointBatchBuilder;
import io.modelvane.spi.RowRejection;
import io.modelvane.spi.Series;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class LettersTest {
  private static PointBatch threeRowsOfOneEvent() {
    PointBatchBuilder builder = new PointBatchBuilder();
    builder.events(TestEvents.batch(Rig.A, 0, "one"));
    builder.event(0);
    for (int row = 0; row < 3; row++) {
      builder.beginRow();
      builder.integer(FieldKey.of("x"), row);
      builder.endRow(Series.of("m", List.of()), row);
    }
    return builder.build();
  }

  @Test
  void lettersOfOneEventShareIt() {
    List<RowRejection> rows =
        List.of(new RowRejection(0, "a"), new RowRejection(1, "b"), new RowRejection(2, "c"));

    List<DeadLetter> letters =
        new Letters("p", Clock.systemUTC())
            .rejectedRows("store", threeRowsOfOneEvent(), new Outcome.Rejected(rows));

    assertThat(letters).extracting(DeadLetter::reason).containsExactly("a", "b", "c");
    assertThat(letters)
        .allSatisfy(letter -> assertThat(letter.event()).isSameAs(letters.get(0).event()));
  }
}
