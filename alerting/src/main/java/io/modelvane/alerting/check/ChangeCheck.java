package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Series;
import java.util.Optional;

/**
 * A check of type {@code change}.
 *
 * @param field what to look at
 * @param unit what the change is counted in
 * @param distance nanoseconds from the end of a window to the end of the one it is compared with
 */
record ChangeCheck(
    String name,
    Selection selection,
    Optional<FieldKey> field,
    ChangeUnit unit,
    long distance,
    Frame frame)
    implements SelectingCheck {
  private static final int SMALL = 16;

  @Override
  public String type() {
    return "change";
  }

  @Override
  public String definition() {
    return "%s field=%s %s against %d %s"
        .formatted(
            selection.definition(),
            field.map(FieldKey::name).orElse("*"),
            unit,
            distance,
            frame.definition());
  }

  /** How many windows before the present one the other is. */
  int reach() {
    return (int) (distance / frame.windows().every());
  }

  /** How many windows before the last one may be judged again. */
  int again() {
    return frame.amend() == 0 ? 0 : (int) (frame.amend() / frame.windows().every()) + 1;
  }

  /** How long before the other is, in words; empty where it is the window before. */
  Optional<String> against() {
    return distance == frame.windows().length()
        ? Optional.empty()
        : Optional.of(Figures.duration(distance));
  }

  @Override
  public Evaluator create(Series series) {
    return new WindowEvaluator(new ChangeMeasure(this), frame);
  }

  @Override
  public Evaluator decode(Series series, ByteReader state) {
    return new WindowEvaluator(new ChangeMeasure(this), frame, state);
  }

  @Override
  public int statesPerPage() {
    return reach() > SMALL ? 1 : frame.statesPerPage();
  }
}
