package io.modelvane.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long NOW = -1_000_000; // the origin of nanoTime is anywhere

  private final Pace pace = new Pace();

  @Test
  void waitsForNothingAtFirst() {
    assertThat(pace.rest(NOW)).isLessThanOrEqualTo(Duration.ZERO);
  }

  @Test
  void waitsForTheRestOfAMomentWhenAFewHaveCome() {
    pace.polled(5, NOW);

    assertThat(pace.rest(NOW + 500_000)).isEqualTo(Pace.MOMENT.minusNanos(500_000));
    assertThat(pace.rest(NOW + Pace.MOMENT.toNanos())).isLessThanOrEqualTo(Duration.ZERO);
  }

  @Test
  void waitsForNothingAfterAQuietMoment() {
    pace.polled(5, NOW);
    pace.polled(0, NOW + 1);

    assertThat(pace.rest(NOW + 2)).isLessThanOrEqualTo(Duration.ZERO);
  }

  @Test
  void waitsForNothingInABacklog() {
    pace.polled(500, NOW);

    assertThat(pace.rest(NOW + 1)).isLessThanOrEqualTo(Duration.ZERO);
  }
}
