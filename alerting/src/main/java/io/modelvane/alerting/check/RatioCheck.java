package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.spi.Series;
import java.util.Optional;

/**
 * A check of type {@code ratio}.
 *
 * @param match which rows count
 * @param score how sure a ratio has to be; empty where it is taken as it is
 */
record RatioCheck(
    String name, Selection selection, Match match, Optional<WilsonScore> score, Frame frame)
    implements SelectingCheck {
  @Override
  public String type() {
    return "ratio";
  }

  @Override
  public String definition() {
    return "%s %s score=%s %s"
        .formatted(
            selection.definition(),
            match.definition(),
            score.map(s -> Double.toString(s.z())).orElse("-"),
            frame.definition());
  }

  @Override
  public Evaluator create(Series series) {
    return new WindowEvaluator(new RatioMeasure(this), frame);
  }

  @Override
  public Evaluator decode(Series series, ByteReader state) {
    return new WindowEvaluator(new RatioMeasure(this), frame, state);
  }

  @Override
  public int statesPerPage() {
    return frame.statesPerPage();
  }
}
