package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Series;
import java.util.Optional;

/**
 * A check of type {@code threshold}.
 *
 * @param field what to look at; one for the evaluators of all series, of which it remembers nothing
 * @param judgement what its values lead to
 */
record ThresholdCheck(
    String name, Selection selection, Optional<FieldMeasure> field, Judgement judgement)
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
            selection.definition(), key().map(FieldKey::name).orElse("*"), judgement.definition());
  }

  private Optional<FieldKey> key() {
    return field.flatMap(FieldMeasure::field);
  }

  private Measure measure(Windows windows) {
    return judgement
        .quorums()
        .<Measure>map(quorums -> new QuorumMeasure(key().orElseThrow(), quorums, windows))
        .orElseGet(() -> new AggregateMeasure(key(), windows));
  }

  @Override
  public Evaluator create(Series series) {
    return judgement
        .frame()
        .<Evaluator>map(frame -> new WindowEvaluator(measure(frame.windows()), frame))
        .orElseGet(() -> judgement.ofCalls(field.orElseThrow()));
  }

  @Override
  public Evaluator decode(Series series, ByteReader state) {
    return judgement
        .frame()
        .<Evaluator>map(frame -> new WindowEvaluator(measure(frame.windows()), frame, state))
        .orElseGet(() -> judgement.ofCalls(field.orElseThrow()).decode(state));
  }

  @Override
  public int statesPerPage() {
    return judgement.frame().map(Frame::statesPerPage).orElse(MANY);
  }
}
