package io.modelvane.influx;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.engine.EnginePlugin;
import io.modelvane.engine.config.ConfigurationLoader;
import io.modelvane.engine.config.Loaded;
import io.modelvane.engine.config.Problem;
import io.modelvane.engine.plugin.PluginHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configurations in the README are right. */
class ReadmeTest {
  @TempDir private Path folder;

  @Test
  void configurationsHaveNoProblemsBeyondThePartsOfOtherPlugins() throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    Matcher block = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(readme);
    int blocks = 0;
    while (block.find()) {
      blocks++;
      Path file = Files.writeString(folder.resolve("c" + blocks + ".yaml"), block.group(1));
      // The source, and in the short one the pipelines, are not this plugin's.
      assertThat(load(file).problems())
          .extracting(Problem::path)
          .allSatisfy(path -> assertThat(path).doesNotStartWith("sinks"));
    }
    assertThat(blocks).isEqualTo(2);
  }

  @Test
  void mistakesInASinkAreSeenThisWay() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("bad.yaml"),
            "sinks: { influx: { type: influxdb, url: 'http://x', bucket: b, organisation: o } }");
    assertThat(load(file).problems())
        .extracting(Problem::path)
        .anySatisfy(path -> assertThat(path).startsWith("sinks.influx"));
  }

  private Loaded load(Path file) throws Exception {
    Path none = Files.createDirectories(folder.resolve("plugins"));
    try (PluginHost host = PluginHost.load(none, List.of(new EnginePlugin(), new InfluxPlugin()))) {
      return new ConfigurationLoader(host.catalogue(), name -> "s3cret-" + name)
          .load(List.of(file));
    }
  }
}
