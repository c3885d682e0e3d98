package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.spi.Series;

/**
 * A check of type {@code expression}.
 *
 * @param formula what is asked
 * @param judgement what the answers lead to
 * @param onError what an expression without a value leads to
 */
record ExpressionCheck(
    String name, Selection selection, Formula formula, Judgement judgement, Fallback onError)
    implements SelectingCheck {
  private static final int SOME = 16;

  @Override
  public String type() {
    return "expression";
  }

  @Override
  public String definition() {
    return "%s %s on error %s %s"
        .formatted(selection.definition(), formula.definition(), onError, judgement.definition());
  }

  private Measure measure(Frame frame, Series series) {
    return new ExpressionMeasure(this, frame.windows(), series);
  }

  private CallMeasure measure() {
    return new ExpressionCallMeasure(formula, onError.level());
  }

  @Override
  public Evaluator create(Series series) {
    return judgement
        .frame()
        .<Evaluator>map(frame -> new WindowEvaluator(measure(frame, series), frame))
        .orElseGet(() -> judgement.ofCalls(measure()));
  }

  @Override
  public Evaluator decode(Series series, ByteReader state) {
    return judgement
        .frame()
        .<Evaluator>map(frame -> new WindowEvaluator(measure(frame, series), frame, state))
        .orElseGet(() -> judgement.ofCalls(measure()).decode(state));
  }

  @Override
  public int statesPerPage() {
    return judgement.frame().isPresent() ? 1 : SOME;
  }
}
