package io.modelvane.engine.pipeline;

import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.Event;
import io.modelvane.spi.EventRejection;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.RowRejection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the dead letters of a pipeline. */
final class Letters {
  private final String pipeline;
  private final Clock clock;

  Letters(String pipeline, Clock clock) {
    this.pipeline = pipeline;
    this.clock = clock;
  }

  /** A letter for each event that the decoder or a transform rejected. */
  List<DeadLetter> rejectedEvents(DecodeStage.Taken taken) {
    List<DeadLetter> letters = new ArrayList<>();
    List<EventRejection> rejections = taken.batch().rejections();
    for (int i = 0; i < rejections.size(); i++) {
      EventRejection rejection = rejections.get(i);
      letters.add(
          new DeadLetter(
              clock.instant(),
              pipeline,
              i < taken.undecoded() ? "decode" : "transform",
              rejection.reason(),
              taken.batch().event(rejection.origin()),
              Optional.empty()));
    }
    return letters;
  }

  /**
   * A letter for each row that a sink rejected. A row that it names twice is buried once; one that
   * came from no event cannot be.
   */
  List<DeadLetter> rejectedRows(String sink, PointBatch batch, Outcome.Rejected rejected) {
    List<DeadLetter> letters = new ArrayList<>();
    Map<Integer, Event> events = new HashMap<>(); // one may have become a thousand rows
    BitSet seen = new BitSet();
    for (RowRejection row : rejected.rows()) {
      if (seen.get(row.row()) || batch.origin(row.row()) < 0) {
        continue;
      }
      seen.set(row.row());
      letters.add(
          new DeadLetter(
              clock.instant(),
              pipeline,
              "sink:" + sink,
              row.reason(),
              events.computeIfAbsent(batch.origin(row.row()), batch::event),
              Optional.of(batch.line(row.row()))));
    }
    return letters;
  }
}
