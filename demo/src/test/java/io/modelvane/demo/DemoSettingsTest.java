package io.modelvane.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DemoSettingsTest {
  @Test
  void fewerCallsMakeLongerPausesOrdinary() {
    assertThat(at(200).silence()).isEqualTo(Duration.ofSeconds(4));
    assertThat(at(10).silence()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void silenceCanBeNoticedBeforePatienceEnds() {
    DemoSettings slow = at(10);

    assertThat(slow.traffic().silentAfter().plus(slow.silence()).plusSeconds(60))
        .isLessThan(slow.patience());
  }

  private static DemoSettings at(double rate) {
    return new DemoSettings(Path.of("."), true, rate, Instant.EPOCH);
  }
}
