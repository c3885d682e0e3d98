package io.modelvane.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.spi.Option;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InlineOptionsTest {
  record Window(
      @Option(description = "Length.") Duration length,
      @Option(description = "Lateness.", defaultValue = "2s", min = "1s") Duration lateness) {}

  record Check(
      @Option(description = "Field.") String field,
      @Option(description = "Window.", inline = true) Window window,
      @Option(description = "Tags.") List<String> by) {}

  @Test
  void partsOfAnInlineRecordStandBesideTheOthers() {
    Check check = Options.read(Check.class, "{ field: a, length: 5m, by: [b] }");

    assertThat(check)
        .isEqualTo(
            new Check("a", new Window(Duration.ofMinutes(5), Duration.ofSeconds(2)), List.of("b")));
  }

  @Test
  void problemsOfAnInlineRecordHaveThePathOfTheOthers() {
    assertThatThrownBy(() -> Options.read(Check.class, "{ field: a, lateness: 0s, lenght: 5m }"))
        .hasMessageContaining("lenght: unknown option")
        .hasMessageContaining("lateness: must be at least 1s")
        .hasMessageContaining("lenght: unknown option; did you mean 'length'?");
  }

  @Test
  void nameOfAnInlineRecordIsNoOption() {
    assertThatThrownBy(() -> Options.read(Check.class, "{ field: a, window: { length: 5m } }"))
        .hasMessageContaining("window: unknown option");
  }
}
