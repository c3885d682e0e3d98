package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Series;
import java.util.Optional;

/**
 * A check of type {@code threshold}.
 *
 * @param field what to look at
 * @param judgement what its values lead to
 */
record ThresholdCheck(
    String name, Selection selection, Optional<FieldKey> field, Judgement judgement)
    implements SelectingCheck {
  private static final int MANY = 64;

  @Override
  public String type() {
    return "threshold";
  }

  @Override
  public String definition() {
    return "%s field=%s %s"
        .formatted(
            selection.definition(), field.map(FieldKey::name).orElse("*"), judgement.definition());
  }

  private Measure measure(Windows windows) {
    return judgement
        .quorums()
        .<Measure>map(quorums -> new QuorumMeasure(field.orElseThrow(), quorums, windows))
        .orElseGet(() -> new AggregateMeasure(field, windows));
  }

  private CallMeasure measure() {
    return new FieldMeasure(field.orElseThrow());
  }

  @Override
  public Evaluator create(Series series) {
    return judgement
        .frame()
        .<Evaluator>map(frame -> new WindowEvaluator(measure(frame.windows()), frame))
        .orElseGet(() -> judgement.ofCalls(measure()));
  }

  @Override
  public Evaluator decode(Series series, ByteReader state) {
    return judgement
        .frame()
        .<Evaluator>map(frame -> new WindowEvaluator(measure(frame.windows()), frame, state))
        .orElseGet(() -> judgement.ofCalls(measure()).decode(state));
  }

  @Override
  public int statesPerPage() {
    return judgement.frame().map(Frame::statesPerPage).orElse(MANY);
  }
}
