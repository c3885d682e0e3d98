package io.modelvane.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateMeterTest {
  private final RateMeter meter = new RateMeter(Duration.ofSeconds(3));

  @Test
  void oneReadingIsNoRate() {
    assertThat(meter.at(Duration.ZERO, 10)).isZero();
  }

  @Test
  void growthOfLongAgoIsForgotten() {
    meter.at(Duration.ZERO, 0);
    assertThat(meter.at(Duration.ofSeconds(1), 100)).isEqualTo(100);
    meter.at(Duration.ofSeconds(10), 100);

    assertThat(meter.at(Duration.ofSeconds(12), 100)).isZero();
  }
}
