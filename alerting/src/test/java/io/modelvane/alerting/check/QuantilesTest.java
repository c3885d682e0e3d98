package io.modelvane.alerting.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantilesTest {
  private static Quantiles of(List<Double> values) {
    Quantiles quantiles = new Quantiles();
    values.forEach(quantiles::add);
    return quantiles;
  }

  private static double exact(List<Double> values, double quantile) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    double rank = quantile * (sorted.size() - 1);
    int below = (int) rank;
    double share = rank - below;
    return sorted.get(below) * (1 - share)
        + sorted.get(Math.min(below + 1, sorted.size() - 1)) * share;
  }

  private static List<Double> values(int count) {
    Random random = new Random(11);
    return random.doubles(count).map(d -> Math.exp(6 * d) - 20).boxed().toList();
  }

  @Test
  void fewValuesAreExact() {
    List<Double> values = values(Quantiles.EXACT);

    assertThat(of(values).at(0.5)).isEqualTo(exact(values, 0.5));
    assertThat(of(values).at(0.99)).isEqualTo(exact(values, 0.99));
  }

  @Test
  void manyValuesAreWithinOnePartInAHundred() {
    List<Double> values = values(20_000);
    for (double quantile : new double[] {0.01, 0.1, 0.5, 0.9, 0.95, 0.99}) {
      double expected = exact(values, quantile);
      assertThat(of(values).at(quantile))
          .isCloseTo(expected, within(Math.abs(expected) * 0.0101 + 0.01));
    }
  }

  @Test
  void smallValuesAreWithinOnePartInAHundredToo() {
    for (double size : new double[] {5e-10, -5e-10, 1e-12, 1e-100, -1e-300}) {
      assertThat(of(Collections.nCopies(300, size)).at(0.5))
          .isCloseTo(size, within(Math.abs(size) * 0.0101));
    }
    assertThat(of(Collections.nCopies(300, Double.MIN_VALUE)).at(0.5)).isZero();
  }

  @Test
  void extremesAreCounted() {
    List<Double> values = new ArrayList<>(Collections.nCopies(300, 0.0));
    values.addAll(Collections.nCopies(300, Double.MAX_VALUE));
    values.addAll(Collections.nCopies(300, -Double.MAX_VALUE));

    assertThat(of(values).at(0.5)).isZero();
    assertThat(of(values).at(0.01)).isLessThan(-1e308);
    assertThat(of(values).at(0.99)).isGreaterThan(1e308);
  }

  @Test
  void orderAndPartsDoNotMatter() {
    List<Double> values = new ArrayList<>(values(5_000));
    double expected = of(values).at(0.9);
    Collections.shuffle(values, new Random(3));
    Quantiles merged = of(values.subList(0, 100));
    merged.merge(of(values.subList(100, 200)));
    merged.merge(of(values.subList(200, 4_000)));
    merged.merge(of(values.subList(4_000, 5_000)));

    assertThat(merged.at(0.9)).isEqualTo(expected);
  }

  @Test
  void nothingHasNoQuantile() {
    assertThat(new Quantiles().at(0.5)).isNaN();
  }

  @Test
  void encodingKeepsAll() {
    for (int count : new int[] {0, 1, 200, 5_000}) {
      Quantiles before = of(values(count));
      ByteWriter out = new ByteWriter();
      before.encode(out);
      Quantiles after = new Quantiles();
      after.decode(new ByteReader(out.toBytes()));
      before.add(5);
      after.add(5);

      assertThat(after.at(0.5)).isEqualTo(before.at(0.5));
      assertThat(after.at(0.99)).isEqualTo(before.at(0.99));
    }
  }
}
