package io.modelvane.alerting.check;

import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Series;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The share of rows that match, of all rows: the mean of ones and zeros. */
final class RatioMeasure implements Measure {
  private final RatioCheck check;
  private final double[] values = new double[1];
  private int hint;
  private @Nullable Series last;
  private boolean lastMatches;

  RatioMeasure(RatioCheck check) {
    this.check = check;
  }

  @Override
  public Optional<FieldKey> field() {
    return check.match().field();
  }

  @Override
  public Pane pane() {
    return new NumberPane(Aggregate.MEAN);
  }

  @Override
  public double[] values() {
    return values;
  }

  @Override
  public boolean read(Row row, Verdicts out) {
    values[0] = number(row, out);
    return true;
  }

  private double number(Row row, Verdicts out) {
    Match match = check.match();
    if (!match.tags().isEmpty() && !matches(row.series())) {
      return 0;
    } else if (match.field().isEmpty()) {
      return 1;
    }
    int at = row.find(match.field().get(), hint);
    if (at < 0) {
      return 0;
    }
    hint = row.hint(at);
    double number = row.number(at);
    if (Double.isNaN(number)) {
      out.notNumeric();
    }
    return match.is().orElseThrow().test(number) ? 1 : 0;
  }

  @SuppressWarnings("ReferenceEquality") // decoders hand out the same object: no need to compare
  private boolean matches(Series series) {
    if (series != last) {
      last = series;
      lastMatches = check.match().test(series);
    }
    return lastMatches;
  }

  @Override
  public Estimate conclude(Pane window, long end) {
    double share = ((NumberPane) window).sum() / window.count();
    return check
        .score()
        .map(score -> score.of(share, window.count()))
        .orElseGet(() -> Estimate.exactly(share));
  }

  @Override
  public String sentence(Estimate value, long samples, Map<String, String> details) {
    String length = Figures.duration(check.frame().windows().length());
    long matching = Math.round(value.value() * samples);
    details.put("window", length);
    details.put("matching", Long.toString(matching));
    details.put("samples", Long.toString(samples));
    return "ratio of %s over %s is %s (%d of %d%s)"
        .formatted(
            check.match().words(),
            length,
            Figures.shortened(value.value()),
            matching,
            samples,
            check.score().isPresent() ? bounds(value, details) : "");
  }

  private static String bounds(Estimate value, Map<String, String> details) {
    String low = Figures.shortened(value.low());
    String high = Figures.shortened(value.high());
    details.put("at_least", low);
    details.put("at_most", high);
    return ", bounds %s and %s".formatted(low, high);
  }
}
