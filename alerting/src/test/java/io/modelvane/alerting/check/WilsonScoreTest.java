package io.modelvane.alerting.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WilsonScoreTest {
  @ParameterizedTest
  @CsvSource({
    "0.5, 0",
    "0.9, 1.2815515655",
    "0.95, 1.6448536270",
    "0.975, 1.9599639845",
    "0.999, 3.0902323062"
  })
  void quantilesAreThoseOfTheTables(double confidence, double z) {
    assertThat(WilsonScore.of(confidence).z()).isCloseTo(z, within(1e-9));
  }

  @Test
  void boundsOfTenInAHundred() {
    Estimate estimate = WilsonScore.of(0.975).of(0.1, 100);

    assertThat(estimate.value()).isEqualTo(0.1);
    assertThat(estimate.low()).isCloseTo(0.0552291, within(1e-6));
    assertThat(estimate.high()).isCloseTo(0.1743657, within(1e-6));
  }

  @Test
  void noneOfTenMayStillBeAFourth() {
    Estimate estimate = WilsonScore.of(0.975).of(0, 10);

    assertThat(estimate.low()).isZero();
    assertThat(estimate.high()).isCloseTo(0.2775328, within(1e-6));
  }

  @Test
  void allOfTenMayStillBeThreeFourths() {
    Estimate estimate = WilsonScore.of(0.975).of(1, 10);

    assertThat(estimate.low()).isCloseTo(0.7224672, within(1e-6));
    assertThat(estimate.high()).isEqualTo(1);
  }

  @Test
  void boundsCloseInOnTheRatioAsCallsBecomeMore() {
    Estimate few = WilsonScore.of(0.95).of(0.3, 10);
    Estimate many = WilsonScore.of(0.95).of(0.3, 1_000_000);

    assertThat(many.low()).isGreaterThan(few.low()).isCloseTo(0.3, within(1e-3));
    assertThat(many.high()).isLessThan(few.high()).isCloseTo(0.3, within(1e-3));
  }
}
