package io.modelvane.alerting.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateCodingTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 63, -64, 64, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE})
  void numbersComeBack(long value) {
    byte[] bytes = new StateWriter().putLong(value).toBytes();

    assertThat(new StateReader(bytes).nextLong()).isEqualTo(value);
  }

  @Test
  void smallNumbersAreShort() {
    assertThat(new StateWriter().putLong(-64).size()).isEqualTo(1);
  }

  @Test
  void doublesTextsAndPartsComeBack() {
    StateWriter part = new StateWriter().putText("größer").putDouble(-0.0);
    StateReader in =
        new StateReader(new StateWriter().putAll(part).putDouble(Double.NaN).toBytes());
    StateReader inner = in.part();

    assertThat(inner.nextText()).isEqualTo("größer");
    assertThat(inner.nextDouble()).isEqualTo(-0.0);
    assertThat(inner.isEmpty()).isTrue();
    assertThat(in.nextDouble()).isNaN();
    assertThat(in.isEmpty()).isTrue();
  }

  @Test
  void newerVersionIsRefusedWithWords() {
    StateReader in = new StateReader(new byte[] {3});

    assertThatThrownBy(() -> in.version(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "its format is version 3 and this program knows up to 1; use the program that wrote it");
  }

  @Test
  void cutStateIsRefused() {
    byte[] bytes = new StateWriter().putText("abc").toBytes();
    StateReader cut = new StateReader(java.util.Arrays.copyOf(bytes, 2));

    assertThatThrownBy(cut::nextText).isInstanceOf(IllegalStateException.class);
  }
}
