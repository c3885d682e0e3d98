package io.modelvane.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.engine.EnginePlugin;
import io.modelvane.engine.FakePlugin;
import io.modelvane.engine.plugin.PluginCatalogue;
import org.junit.jupiter.api.Test;

class OptionTablesTest {
  private final String table =
      new OptionTables(PluginCatalogue.of(new EnginePlugin(), new FakePlugin()))
          .fill("before\n<!-- options:sink:fake -->\nold\n<!-- /options -->\nafter\n");

  @Test
  void whatStandsBetweenTheMarkersIsWrittenAnewAndNothingElse() {
    assertThat(table)
        .startsWith("before\n<!-- options:sink:fake -->\n\n| option |")
        .endsWith("|\n\n<!-- /options -->\nafter\n")
        .doesNotContain("old");
  }

  @Test
  void aTypeThatIsWrittenAsTextAloneIsText() {
    assertThat(table).contains("| `spans` | map of text |").doesNotContain("**`spans`**");
  }

  @Test
  void inlineOptionsStandAmongTheOthers() {
    assertThat(table)
        .contains("| `pause` | duration | `10s` | Pause. |")
        .doesNotContain("`pace`", "Pace.");
  }

  @Test
  void aTypeWithOptionsHasATableOfItsOwn() {
    assertThat(table)
        .contains("| `tls` | options, see below |", "**`tls`**", "| `certificate` | text |")
        .contains("**`auth` of type `basic`: ");
  }
}
