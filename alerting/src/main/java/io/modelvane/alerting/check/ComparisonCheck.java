package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.tag.TagPattern;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Series;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A check of type {@code change} that compares calls of the same window.
 *
 * @param field what to look at
 * @param unit what the change is counted in
 * @param against the tags of the calls that the others are compared with
 */
record ComparisonCheck(
    String name,
    Selection selection,
    Optional<FieldKey> field,
    ChangeUnit unit,
    Map<String, TagPattern> against,
    Frame frame)
    implements SelectingCheck {
  @Override
  public String type() {
    return "change";
  }

  @Override
  public String definition() {
    return "%s field=%s %s against %s %s"
        .formatted(
            selection.definition(),
            field.map(FieldKey::name).orElse("*"),
            unit,
            new TreeMap<>(against),
            frame.definition());
  }

  @Override
  public Evaluator create(Series series) {
    return new WindowEvaluator(new ComparisonMeasure(this), frame);
  }

  @Override
  public Evaluator decode(Series series, ByteReader state) {
    return new WindowEvaluator(new ComparisonMeasure(this), frame, state);
  }

  @Override
  public int statesPerPage() {
    return frame.statesPerPage();
  }
}
