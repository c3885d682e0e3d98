package io.modelvane.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StopRequestTest {
  @Test
  void firstRequestCountsAndWakesTheRunner() {
    StopRequest stop = new StopRequest(Thread.currentThread());
    assertThat(stop.isMade()).isFalse();

    stop.stop(130);
    stop.stop(143);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(stop.isMade()).isTrue();
    assertThat(stop.exitCode()).isEqualTo(130);
  }
}
