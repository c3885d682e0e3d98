package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Series;
import java.util.List;
import java.util.Optional;

/** A check of type {@code threshold}. */
record ThresholdCheck(
    String name,
    Selection selection,
    Optional<FieldKey> field,
    Ladder ladder,
    Optional<Windows> windows)
    implements Check {
  private static final int MANY = 64;
  private static final int SMALL_WINDOW = 16;

  @Override
  public String type() {
    return "threshold";
  }

  @Override
  public String definition() {
    return "%s field=%s %s %s"
        .formatted(
            selection.definition(),
            field.map(FieldKey::name).orElse("*"),
            ladder.definition(),
            windows.map(Windows::toString).orElse("calls"));
  }

  @Override
  public List<Series> concerns(Series series) {
    return selection.concerns(series);
  }

  @Override
  public Evaluator create(Series series) {
    return windows.isPresent()
        ? new WindowEvaluator(field, windows.get(), ladder)
        : new CallEvaluator(field.orElseThrow(), ladder);
  }

  @Override
  public Evaluator decode(Series series, ByteReader state) {
    return windows.isPresent()
        ? new WindowEvaluator(field, windows.get(), ladder, state)
        : new CallEvaluator(field.orElseThrow(), ladder, state);
  }

  @Override
  public int statesPerPage() {
    boolean large =
        windows.isPresent()
            && (windows.get().panes() > SMALL_WINDOW || windows.get().aggregate().needsValues());
    return large ? 1 : MANY;
  }
}
