package io.modelvane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.built.Built;
import io.modelvane.engine.EnginePlugin;
import io.modelvane.engine.config.SchemaWriter;
import io.modelvane.engine.plugin.ComponentKind;
import io.modelvane.engine.plugin.LoadedPlugin;
import io.modelvane.engine.plugin.PluginHost;
import io.modelvane.spi.ComponentFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The generated parts of the documentation are as the code says, and links lead somewhere. */
class DocumentationIT {
  private static final String REGENERATE =
      "%s is out of date; run './modelvane options --write .' in the clone and commit the result";
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

  private static PluginHost host;

  @BeforeAll
  static void loadThePlugins() {
    host = PluginHost.load(Built.plugins(), List.of(new EnginePlugin()));
  }

  @AfterAll
  static void closeThem() {
    host.close();
  }

  @Test
  void everyOptionTableIsAsTheRecordsSay() throws IOException {
    OptionPages pages = new OptionPages(host.catalogue());
    for (Path page : OptionPages.below(Built.root())) {
      assertThat(pages.fill(page)).as(REGENERATE, page).isEqualTo(Files.readString(page));
    }
  }

  @Test
  void theSchemaIsAsTheRecordsSay() throws IOException {
    Path file = Built.root().resolve("docs/schema.json");

    assertThat(new SchemaWriter(host.catalogue()).write())
        .as(REGENERATE, file)
        .isEqualTo(Files.readString(file));
  }

  @Test
  void thePageOfAllOptionsNamesEveryComponent() throws IOException {
    String page = Files.readString(Built.root().resolve("docs/configuration.md"));

    assertThat(page).contains("<!-- options:engine -->", "<!-- options:pipeline -->");
    for (LoadedPlugin plugin : host.catalogue().plugins()) {
      for (ComponentFactory<?, ?> factory : plugin.factories()) {
        assertThat(page)
            .contains(
                "<!-- options:%s:%s -->"
                    .formatted(ComponentKind.of(factory).text(), factory.type()));
      }
    }
  }

  @Test
  void theReadmeOfAPluginHasItsOptions() throws IOException {
    for (LoadedPlugin plugin : host.catalogue().plugins()) {
      if (plugin.file().isEmpty()) {
        continue;
      }
      String jar = plugin.file().get().getFileName().toString();
      Path readme =
          Built.root().resolve(jar.replaceAll("modelvane-(.*)-[0-9.]+\\.jar", "$1/README.md"));
      if (Files.exists(readme)) {
        assertThat(Files.readString(readme)).as(readme.toString()).contains("<!-- options:");
      }
    }
  }

  @Test
  void everyLinkToAFileLeadsThere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : OptionPages.below(Built.root())) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        if (!Files.exists(page.resolveSibling(link.group(1)))) {
          broken.add(page + ": " + link.group(1));
        }
      }
    }
    assertThat(broken).isEmpty();
  }
}
