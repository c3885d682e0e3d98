package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an aggregate needs to know of one value of each row. */
final class NumberPane implements Pane {
  private final Aggregate aggregate;
  private long count;
  private double sum;
  private double squares;
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;
  private long at;
  private final @Nullable Quantiles quantiles;
  private final @Nullable Distinct distinct;

  NumberPane(Aggregate aggregate) {
    this.aggregate = aggregate;
    this.quantiles = aggregate.isQuantile() ? new Quantiles() : null;
    this.distinct = aggregate == Aggregate.DISTINCT ? new Distinct() : null;
  }

  private Quantiles quantiles() {
    return Objects.requireNonNull(quantiles);
  }

  private Distinct distinct() {
    return Objects.requireNonNull(distinct);
  }

  @Override
  public long count() {
    return count;
  }

  /** The sum; only where the aggregate is the sum or the mean. */
  double sum() {
    return sum;
  }

  @Override
  public void add(double[] values, long time) {
    add(values[0], time);
  }

  void add(double value, long time) {
    count++;
    switch (aggregate) {
      case COUNT, RATE -> {}
      case SUM, MEAN -> sum += value;
      case MIN, MAX, SPREAD -> {
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
      }
      case FIRST -> {
        if (count == 1 || time < at) {
          keep(value, time);
        }
      }
      case LAST -> {
        if (count == 1 || time >= at) {
          keep(value, time);
        }
      }
      case STDDEV -> deviate(value);
      case MEDIAN, P5, P10, P25, P75, P90, P95, P99, P999 -> quantiles().add(value);
      case DISTINCT -> distinct().add(value);
    }
  }

  private void keep(double value, long time) {
    sum = value;
    at = time;
  }

  /**
   * B. P. Welford, "Note on a method for calculating corrected sums of squares and products",
   * Technometrics 4 (1962): {@code sum} holds the running mean.
   */
  private void deviate(double value) {
    double off = value - sum;
    sum += off / count;
    squares += off * (value - sum);
  }

  @Override
  public void merge(Pane pane) {
    NumberPane other = (NumberPane) pane;
    if (other.count == 0) {
      return;
    }
    switch (aggregate) {
      case COUNT, RATE -> {}
      case SUM, MEAN -> sum += other.sum;
      case MIN, MAX, SPREAD -> {
        least = Math.min(least, other.least);
        greatest = Math.max(greatest, other.greatest);
      }
      case FIRST -> {
        if (count == 0 || other.at < at) {
          keep(other.sum, other.at);
        }
      }
      case LAST -> {
        if (count == 0 || other.at >= at) {
          keep(other.sum, other.at);
        }
      }
      case STDDEV -> mergeDeviation(other);
      case MEDIAN, P5, P10, P25, P75, P90, P95, P99, P999 -> quantiles().merge(other.quantiles());
      case DISTINCT -> distinct().merge(other.distinct());
    }
    count += other.count;
  }

  /**
   * T. F. Chan, G. H. Golub and R. J. LeVeque, "Updating formulae and a pairwise algorithm for
   * computing sample variances", 1979.
   */
  private void mergeDeviation(NumberPane other) {
    double total = (double) count + other.count;
    double off = other.sum - sum;
    sum += off * other.count / total;
    squares += other.squares + off * off * count * other.count / total;
  }

  /** The aggregate over a window of {@code seconds}; NaN where there is none. */
  double result(double seconds) {
    return switch (aggregate) {
      case COUNT -> count;
      case RATE -> count / seconds;
      case SUM -> sum;
      case MEAN -> count == 0 ? Double.NaN : sum / count;
      case MIN -> count == 0 ? Double.NaN : least;
      case MAX -> count == 0 ? Double.NaN : greatest;
      case SPREAD -> count == 0 ? Double.NaN : greatest - least;
      case FIRST, LAST -> count == 0 ? Double.NaN : sum;
      case STDDEV -> count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1));
      case MEDIAN, P5, P10, P25, P75, P90, P95, P99, P999 -> quantiles().at(aggregate.quantile());
      case DISTINCT -> distinct().size();
    };
  }

  @Override
  public void encode(ByteWriter out) {
    out.putLong(count);
    switch (aggregate) {
      case COUNT, RATE -> {}
      case SUM, MEAN -> out.putDouble(sum);
      case MIN, MAX, SPREAD -> out.putDouble(least).putDouble(greatest);
      case FIRST, LAST -> out.putDouble(sum).putLong(at);
      case STDDEV -> out.putDouble(sum).putDouble(squares);
      case MEDIAN, P5, P10, P25, P75, P90, P95, P99, P999 -> quantiles().encode(out);
      case DISTINCT -> distinct().encode(out);
    }
  }

  @Override
  public void decode(ByteReader in) {
    count = in.nextLong();
    switch (aggregate) {
      case COUNT, RATE -> {}
      case SUM, MEAN -> sum = in.nextDouble();
      case MIN, MAX, SPREAD -> {
        least = in.nextDouble();
        greatest = in.nextDouble();
      }
      case FIRST, LAST -> keep(in.nextDouble(), in.nextLong());
      case STDDEV -> {
        sum = in.nextDouble();
        squares = in.nextDouble();
      }
      case MEDIAN, P5, P10, P25, P75, P90, P95, P99, P999 -> quantiles().decode(in);
      case DISTINCT -> distinct().decode(in);
    }
  }
}
