package io.modelvane.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrometheusTextTest {
  private static final PrometheusText TEXT =
      new PrometheusText(
          """
          # HELP lag Messages not yet stored.
          lag{component="a",pipeline="metrics"} 3.0
          lag{component="a",pipeline="alerts"} 4.0
          lag_seconds{component="a",pipeline="metrics"} 100.0
          odd{pipeline="metrics"} NaN
          """);

  @Test
  void sumsTheSeriesOfOneName() {
    assertThat(TEXT.sum("lag", "")).isEqualTo(7);
    assertThat(TEXT.sum("lag", "pipeline=\"metrics\"")).isEqualTo(3);
  }

  @Test
  void whatIsNotThereOrNotANumberIsNothing() {
    assertThat(TEXT.sum("absent", "")).isZero();
    assertThat(TEXT.sum("odd", "")).isZero();
  }
}
