package io.modelvane.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoConfigurationTest {
  @Test
  void valuesGoWhereTheirNamesStand() {
    assertThat(DemoConfiguration.fill("a: \"@one@\"\nb: @two@", Map.of("one", "x", "two", "2")))
        .isEqualTo("a: \"x\"\nb: 2");
  }

  @Test
  void pathCannotEndItsQuotes() {
    assertThat(DemoConfiguration.fill("a: \"@one@\"", Map.of("one", "C:\\a\"b")))
        .isEqualTo("a: \"C:\\\\a\\\"b\"");
  }

  @Test
  void nothingMayBeLeftOpen() {
    assertThatThrownBy(() -> DemoConfiguration.fill("a: @one@", Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void durationsAreWrittenAsTheyAreRead() {
    assertThat(DemoConfiguration.duration(Duration.ofSeconds(4))).isEqualTo("4s");
    assertThat(DemoConfiguration.duration(Duration.ofMillis(4_500))).isEqualTo("4500ms");
  }
}
