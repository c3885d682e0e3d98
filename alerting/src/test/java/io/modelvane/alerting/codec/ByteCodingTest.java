package io.modelvane.alerting.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.spi.Series;
import io.modelvane.spi.Tag;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteCodingTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 63, -64, 64, -65, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE})
  void numbersComeBack(long value) {
    byte[] bytes = new ByteWriter().putLong(value).toBytes();

    assertThat(new ByteReader(bytes).nextLong()).isEqualTo(value);
  }

  @Test
  void smallNumbersAreShort() {
    assertThat(new ByteWriter().putLong(-64).size()).isEqualTo(1);
  }

  @Test
  void doublesTextsAndPartsComeBack() {
    ByteWriter part = new ByteWriter().putText("größer").putDouble(-0.0);
    ByteReader in = new ByteReader(new ByteWriter().putAll(part).putDouble(Double.NaN).toBytes());
    ByteReader inner = in.part();

    assertThat(inner.nextText()).isEqualTo("größer");
    assertThat(inner.nextDouble()).isEqualTo(-0.0);
    assertThat(inner.isEmpty()).isTrue();
    assertThat(in.nextDouble()).isNaN();
    assertThat(in.isEmpty()).isTrue();
  }

  @Test
  void longTextsMapsAndSeriesComeBackInOrder() {
    Series series =
        Series.of("m l", List.of(new Tag("b", "x=y"), new Tag("a", "\u00fc,\ud83d\ude00")));
    Map<String, String> texts = Map.of("k", "v", "", "\n");
    String longText = "x".repeat(70_000);
    ByteWriter out = new ByteWriter().putText(longText).putTexts(texts).putSeries(series);
    ByteReader in = new ByteReader(out.putText("").toBytes());

    assertThat(in.nextText()).isEqualTo(longText);
    assertThat(in.nextTexts()).isEqualTo(texts);
    Series read = in.nextSeries();
    assertThat(read).isEqualTo(series);
    assertThat(read.tags()).isEqualTo(series.tags());
    assertThat(in.nextText()).isEmpty();
  }

  @Test
  void newerVersionIsRefusedWithWords() {
    ByteReader in = new ByteReader(new byte[] {3});

    assertThatThrownBy(() -> in.version(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "its format is version 3 and this program knows up to 1; use the program that wrote it");
  }

  @Test
  void cutStateIsRefused() {
    byte[] bytes = new ByteWriter().putText("abc").toBytes();
    ByteReader cut = new ByteReader(java.util.Arrays.copyOf(bytes, 2));

    assertThatThrownBy(cut::nextText).isInstanceOf(IllegalStateException.class);
  }
}
