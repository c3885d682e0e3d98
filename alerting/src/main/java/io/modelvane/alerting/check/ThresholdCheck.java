package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Series;
import java.util.List;
import java.util.Optional;

/**
 * A check of type {@code threshold}.
 *
 * @param field what to look at
 * @param ladder how calls are judged, and windows too
 * @param frame how windows are; empty where calls are judged one by one
 */
record ThresholdCheck(
    String name,
    Selection selection,
    Optional<FieldKey> field,
    Ladder ladder,
    Optional<Frame> frame)
    implements Check {
  private static final int MANY = 64;

  @Override
  public String type() {
    return "threshold";
  }

  @Override
  public String definition() {
    return "%s field=%s %s"
        .formatted(
            selection.definition(),
            field.map(FieldKey::name).orElse("*"),
            frame.map(Frame::definition).orElseGet(() -> ladder.definition() + " calls"));
  }

  @Override
  public List<Series> concerns(Series series) {
    return selection.concerns(series);
  }

  private Measure measure() {
    return new AggregateMeasure(field, frame.orElseThrow().windows());
  }

  @Override
  public Evaluator create(Series series) {
    return frame.isPresent()
        ? new WindowEvaluator(measure(), frame.get())
        : new CallEvaluator(field.orElseThrow(), ladder);
  }

  @Override
  public Evaluator decode(Series series, ByteReader state) {
    return frame.isPresent()
        ? new WindowEvaluator(measure(), frame.get(), state)
        : new CallEvaluator(field.orElseThrow(), ladder, state);
  }

  @Override
  public int statesPerPage() {
    return frame.map(Frame::statesPerPage).orElse(MANY);
  }
}
