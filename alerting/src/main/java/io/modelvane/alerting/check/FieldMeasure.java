package io.modelvane.alerting.check;

import io.modelvane.spi.FieldKey;
import java.util.Map;
import java.util.Optional;

/** A field of a call. Remembers nothing of a series: evaluators may share it. */
final class FieldMeasure implements CallMeasure {
  private FieldKey field; // the decoder's own object once it has been met: nothing to compare
  private int hint;

  FieldMeasure(FieldKey field) {
    this.field = field;
  }

  @Override
  public Optional<FieldKey> field() {
    return Optional.of(field);
  }

  @Override
  public Estimate read(Row row, Verdicts out) {
    int at = row.find(field, hint);
    if (at < 0) {
      return Estimate.NOTHING;
    }
    remember(row.hint(at), row.key(at));
    double number = row.number(at);
    if (Double.isNaN(number)) {
      out.notNumeric();
      return Estimate.NOTHING;
    }
    return Estimate.exactly(number);
  }

  /** Seldom another one: what is not written to stays in the processor's cache. */
  @SuppressWarnings("ReferenceEquality") // the very object is wanted
  private void remember(int found, FieldKey met) {
    if (hint != found) {
      hint = found;
    }
    if (field != met) {
      field = met;
    }
  }

  @Override
  public String sentence(Estimate found, Map<String, String> details) {
    return field.name() + " is " + Figures.shortened(found.value());
  }
}
