package io.modelvane.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeriesTest {
  @Test
  void tagsAreSortedWhateverTheirOrder() {
    Series one = Series.of("m", List.of(new Tag("b", "2"), new Tag("a", "1")));
    Series two = Series.of("m", List.of(new Tag("a", "1"), new Tag("b", "2")));
    assertThat(one).isEqualTo(two).hasSameHashCodeAs(two).hasToString("m,a=1,b=2");
    assertThat(one.tag("b")).isEqualTo("2");
    assertThat(one.tag("c")).isNull();
  }

  @Test
  void twoTagKeysThatAreOneToTheStoreAreRefused() {
    List<Tag> twins = List.of(new Tag("a\tb", "1"), new Tag("a b", "2"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Series.of("m", twins))
        .withMessageContaining("occurs twice");
    List<Tag> apart = List.of(new Tag("a\\", "1"), new Tag("z", "2"), new Tag("a/", "3"));
    assertThatIllegalArgumentException().isThrownBy(() -> Series.of("m", apart));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a b|a\\ b",
        "a,b|a\\,b",
        "a=b|a\\=b",
        "a\\b|a\\b",
        "a\\|a/",
        "a\\\\|a\\/",
        "a\\,b|a/\\,b",
        "\"q\"|\"q\"",
        "ü|ü",
      })
  void hostileTagValuesStayOneTag(String value, String encoded) {
    assertThat(Series.of("m", List.of(new Tag("k", value))).head()).isEqualTo("m,k=" + encoded);
  }

  @Test
  void controlCharactersAndLoneSurrogatesCannotBreakALine() {
    Series series = Series.of("m\n", List.of(new Tag("k\r", "a\nb\u0000\ud800")));
    assertThat(series.head()).isEqualTo("m\\ ,k\\ =a\\ b\\ \ufffd");
  }

  @Test
  void aMeasurementCannotBecomeAComment() {
    assertThat(Series.of("#m=1", List.of()).head()).isEqualTo("_#m=1");
  }

  @Test
  void refusesWhatInfluxDbRefuses() {
    assertThatIllegalArgumentException().isThrownBy(() -> Series.of("", List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Series.of("m", List.of(new Tag("a", "1"), new Tag("a", "2"))))
        .withMessageContaining("'a' occurs twice");
    assertThatIllegalArgumentException().isThrownBy(() -> new Tag("time", "x"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Tag("a", ""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Series.of("m", List.of(new Tag("a", "x".repeat(70_000)))))
        .withMessageContaining("65535");
    assertThatIllegalArgumentException().isThrownBy(() -> FieldKey.of("time"));
    assertThatIllegalArgumentException().isThrownBy(() -> FieldKey.of(""));
  }
}
