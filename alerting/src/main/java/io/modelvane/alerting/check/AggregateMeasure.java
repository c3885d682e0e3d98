package io.modelvane.alerting.check;

import io.modelvane.spi.FieldKey;
import java.util.Map;
import java.util.Optional;

/** An aggregate of a field, or of calls. */
final class AggregateMeasure implements Measure {
  private final Optional<FieldKey> field;
  private final Windows windows;
  private final double[] values = {1};
  private int hint;

  AggregateMeasure(Optional<FieldKey> field, Windows windows) {
    this.field = field;
    this.windows = windows;
  }

  @Override
  public Optional<FieldKey> field() {
    return field;
  }

  @Override
  public Pane pane() {
    return new NumberPane(windows.aggregate());
  }

  @Override
  public double[] values() {
    return values;
  }

  @Override
  public boolean read(Row row, Verdicts out) {
    values[0] = number(row, out);
    return !Double.isNaN(values[0]);
  }

  private double number(Row row, Verdicts out) {
    if (field.isEmpty()) {
      return 1;
    }
    int at = row.find(field.get(), hint);
    if (at < 0) {
      return Double.NaN;
    }
    hint = row.hint(at);
    if (windows.aggregate().countsRows()) {
      return 1;
    } else if (windows.aggregate() == Aggregate.DISTINCT) {
      return row.token(at);
    }
    double number = row.number(at);
    if (Double.isNaN(number)) {
      out.notNumeric();
    }
    return number;
  }

  @Override
  public Estimate conclude(Pane window, long end) {
    return Estimate.exactly(((NumberPane) window).result(windows.length() / 1e9));
  }

  @Override
  public String sentence(Estimate value, long samples, Map<String, String> details) {
    String length = Figures.duration(windows.length());
    details.put("window", length);
    details.put("aggregate", Words.of(windows.aggregate()));
    details.put("samples", Long.toString(samples));
    return "%s of %s over %s is %s (%s)"
        .formatted(
            Words.of(windows.aggregate()),
            field.map(FieldKey::name).orElse("calls"),
            length,
            Figures.shortened(value.value()),
            Figures.samples(samples));
  }
}
