package io.modelvane.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void percentilesAreOnesThatWereMeasured() {
    Latencies hundred =
        new Latencies(LongStream.rangeClosed(1, 100).mapToObj(Duration::ofMillis).toList());

    assertThat(hundred.percentile(50)).isEqualTo(Duration.ofMillis(50));
    assertThat(hundred.percentile(99)).isEqualTo(Duration.ofMillis(99));
    assertThat(hundred.percentile(100)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void ofAFewThe99thIsTheLongest() {
    Latencies few = new Latencies(List.of(Duration.ofMillis(9), Duration.ofMillis(3)));

    assertThat(few.percentile(50)).isEqualTo(Duration.ofMillis(3));
    assertThat(few.percentile(99)).isEqualTo(Duration.ofMillis(9));
    assertThat(few.words()).isEqualTo("p50 3 ms, p99 9 ms, max 9 ms (2 measured)");
  }

  @Test
  void nothingMeasuredIsSaid() {
    Latencies none = new Latencies(List.of());

    assertThat(none.words()).isEqualTo("none measured");
    assertThatThrownBy(() -> none.percentile(50)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void longOnesAreInSeconds() {
    assertThat(Latencies.words(Duration.ofMillis(1_999))).isEqualTo("1999 ms");
    assertThat(Latencies.words(Duration.ofMillis(4_250))).isEqualTo("4.3 s");
  }
}
