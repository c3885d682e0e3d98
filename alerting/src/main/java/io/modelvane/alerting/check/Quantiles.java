package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

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
  private static final double SMALLEST = 1e-9;
  private static final int OFFSET = 1 << 17; // above any index of a double

  private double[] values = new double[0];
  private int size;
  private long counted;
  // Negative values have negative keys, those near zero the key 0: the order of values.
  private final TreeMap<Integer, Long> buckets = new TreeMap<>();

  void add(double value) {
    if (counted > 0) {
      count(key(value), 1);
      return;
    }
    if (size == EXACT) {
      fold();
      count(key(value), 1);
      return;
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(8, size * 2));
    }
    values[size++] = value;
  }

  private void fold() {
    for (int i = 0; i < size; i++) {
      count(key(values[i]), 1);
    }
    values = new double[0];
    size = 0;
  }

  private void count(int key, long more) {
    buckets.merge(key, more, Long::sum);
    counted += more;
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
    if (counted == 0 && other.counted == 0 && size + other.size <= EXACT) {
      for (int i = 0; i < other.size; i++) {
        add(other.values[i]);
      }
      return;
    }
    fold();
    other.buckets.forEach(this::count);
    for (int i = 0; i < other.size; i++) {
      count(key(other.values[i]), 1);
    }
  }

  /** The quantile; between two values in proportion. NaN without values. */
  double at(double quantile) {
    if (counted > 0) {
      return fromBuckets(quantile);
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

  private double fromBuckets(double quantile) {
    double rank = quantile * (counted - 1);
    long seen = 0;
    int key = 0;
    for (Map.Entry<Integer, Long> bucket : buckets.entrySet()) {
      seen += bucket.getValue();
      key = bucket.getKey();
      if (seen > rank) {
        break;
      }
    }
    return value(key);
  }

  void encode(ByteWriter out) {
    out.putLong(size);
    for (int i = 0; i < size; i++) {
      out.putDouble(values[i]);
    }
    out.putLong(buckets.size());
    int last = 0;
    for (Map.Entry<Integer, Long> bucket : buckets.entrySet()) {
      out.putLong(bucket.getKey() - (long) last).putLong(bucket.getValue());
      last = bucket.getKey();
    }
  }

  void decode(ByteReader in) {
    size = in.nextCount();
    values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = in.nextDouble();
    }
    int last = 0;
    for (int i = in.nextCount(); i > 0; i--) {
      last += (int) in.nextLong();
      count(last, in.nextLong());
    }
  }
}
