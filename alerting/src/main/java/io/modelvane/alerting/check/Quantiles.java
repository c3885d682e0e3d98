package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import java.util.Arrays;

/**
 * Quantiles of a stream: exact up to {@link #EXACT} values, after that within one part in a hundred
 * of the value, in bounded memory. The order of values does not matter.
 *
 * <p>Beyond the exact ones, values are counted in buckets whose bounds grow by a constant factor:
 * C. Masson, J. E. Rim and H. K. Lee, "DDSketch: a fast and fully-mergeable quantile sketch with
 * relative-error guarantees", VLDB 2019, https://arxiv.org/abs/1908.10693.
 */
final class Quantiles {
  static final int EXACT = 256;

  private static final double ERROR = 0.01;
  private static final double GROWTH = (1 + ERROR) / (1 - ERROR);
  private static final double LOG_GROWTH = Math.log(GROWTH);
  private static final double SMALLEST = Double.MIN_NORMAL; // less counts as 0
  private static final int OFFSET = 1 << 17; // above any index of a double

  private double[] values = new double[0];
  private int size;
  // Negative values have negative keys, those near zero the key 0: the order of values.
  private final Buckets buckets = new Buckets();

  void add(double value) {
    if (size == EXACT) {
      fold();
    }
    if (buckets.total() > 0) {
      buckets.count(key(value), 1);
      return;
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(8, size * 2));
    }
    values[size++] = value;
  }

  private void fold() {
    for (int i = 0; i < size; i++) {
      buckets.count(key(values[i]), 1);
    }
    values = new double[0];
    size = 0;
  }

  private static int key(double value) {
    double distance = Math.abs(value);
    if (distance < SMALLEST) {
      return 0;
    }
    int index = (int) Math.ceil(Math.log(distance) / LOG_GROWTH) + OFFSET;
    return value < 0 ? -index : index;
  }

  private static double value(int key) {
    if (key == 0) {
      return 0;
    }
    double distance = 2 * Math.exp((Math.abs(key) - OFFSET) * LOG_GROWTH) / (GROWTH + 1);
    return key < 0 ? -distance : distance;
  }

  void merge(Quantiles other) {
    if (buckets.total() == 0 && other.buckets.total() == 0 && size + other.size <= EXACT) {
      for (int i = 0; i < other.size; i++) {
        add(other.values[i]);
      }
      return;
    }
    fold();
    buckets.addAll(other.buckets);
    for (int i = 0; i < other.size; i++) {
      buckets.count(key(other.values[i]), 1);
    }
  }

  /** The quantile; between two values in proportion. NaN without values. */
  double at(double quantile) {
    if (buckets.total() > 0) {
      return value(buckets.at(quantile * (buckets.total() - 1)));
    }
    if (size == 0) {
      return Double.NaN;
    }
    double[] sorted = Arrays.copyOf(values, size);
    Arrays.sort(sorted);
    double rank = quantile * (size - 1);
    int below = (int) rank;
    int above = Math.min(below + 1, size - 1);
    double share = rank - below;
    return sorted[below] * (1 - share) + sorted[above] * share;
  }

  void encode(ByteWriter out) {
    out.putLong(size);
    for (int i = 0; i < size; i++) {
      out.putDouble(values[i]);
    }
    buckets.encode(out);
  }

  void decode(ByteReader in) {
    size = in.nextCount();
    values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = in.nextDouble();
    }
    buckets.decode(in);
  }
}
