package io.modelvane.alerting.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.Series;
import io.modelvane.spi.Tag;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 63, 64, -64, -65, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE})
  void anIntegerComesBack(long value) {
    assertThat(new BlobReader(new BlobWriter().number(value).bytes()).number()).isEqualTo(value);
  }

  @Test
  void everythingComesBackInOrder() {
    Series series =
        Series.of("m l", List.of(new Tag("b", "x=y"), new Tag("a", "\u00fc,\ud83d\ude00")));
    Map<String, String> texts = Map.of("k", "v", "", "\n");
    String longText = "x".repeat(70_000);
    byte[] bytes =
        new BlobWriter()
            .text(longText)
            .real(-0.0)
            .real(Double.NaN)
            .texts(texts)
            .series(series)
            .text("")
            .bytes();
    BlobReader in = new BlobReader(bytes);
    assertThat(in.text()).isEqualTo(longText);
    assertThat(in.real()).isEqualTo(-0.0);
    assertThat(in.real()).isNaN();
    assertThat(in.texts()).isEqualTo(texts);
    Series read = in.series();
    assertThat(read).isEqualTo(series);
    assertThat(read.tags()).isEqualTo(series.tags());
    assertThat(in.text()).isEmpty();
  }
}
