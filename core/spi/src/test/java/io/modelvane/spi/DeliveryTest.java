package io.modelvane.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private static final Outcome AWAY = new Outcome.Retryable("away");

  @Test
  void aFailureMayHaveArrivedUnlessTheNotifierSaysOtherwise() {
    assertThat(Delivery.failed(AWAY).sent()).isTrue();
    assertThat(Delivery.notSent(AWAY).sent()).isFalse();
    assertThat(Delivery.notSent(AWAY).outcome()).isEqualTo(AWAY);
  }

  @Test
  void whatWasNotSentCannotBeDone() {
    assertThatThrownBy(() -> Delivery.notSent(Outcome.DONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLongAnswerIsCut() {
    String answer = "x".repeat(2_000);
    assertThat(new Delivery(AWAY, OptionalInt.of(500), answer, Map.of()).answer()).hasSize(1_024);
  }
}
