package io.modelvane.built;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the archives, and that it works where it was unpacked. */
class DistributionIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern MODULE = Pattern.compile("<module>([^</]+)</module>");

  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s#]+)[^)\\s]*\\)");

  @TempDir Path folder;

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void thereIsOneJarForEachPluginOfTheClone() throws IOException {
    Set<String> expected = new TreeSet<>();
    Matcher module = MODULE.matcher(Files.readString(Built.root().resolve("pom.xml")));
    while (module.find()) {
      if (!Set.of("demo", "distribution", "faults", "bench").contains(module.group(1))) {
        expected.add("modelvane-" + module.group(1) + "-0.1.0.jar");
      }
    }
    assertThat(names(Built.plugins())).isEqualTo(expected);
  }

  @Test
  void noPluginIsOnTheClassPathOfTheHostNorAnyBrokerOrStore() throws IOException {
    assertThat(names(Built.home().resolve("lib")))
        .noneMatch(name -> name.matches("(kafka|questdb|influxdb|okhttp|angus|modelvane-demo).*"))
        .anyMatch(name -> name.startsWith("modelvane-spi-"));
  }

  @Test
  void aPluginJarBringsNeitherTheSpiNorTheHostsLogging() throws IOException {
    for (String name : names(Built.plugins())) {
      try (JarFile jar = new JarFile(Built.plugins().resolve(name).toFile())) {
        assertThat(jar.stream().map(JarEntry::getName))
            .as(name)
            .noneMatch(entry -> entry.startsWith("io/modelvane/spi/"))
            .noneMatch(entry -> entry.startsWith("io/modelvane/engine/"))
            .noneMatch(entry -> entry.startsWith("org/slf4j/"))
            .noneMatch(entry -> entry.startsWith("ch/qos/logback/"));
        assertThat(jar.getManifest().getMainAttributes().getValue("Plugin-Requires"))
            .as(name)
            .isEqualTo(">=0.1.0 & <1.0.0");
      }
    }
  }

  @Test
  void licenceLauncherConfigurationAndDocumentationAreThere() {
    assertThat(Built.home().resolve("bin/modelvane")).isExecutable();
    for (String file :
        List.of(
            "LICENSE",
            "CHANGELOG.md",
            "bin/modelvane.cmd",
            "conf/modelvane.yaml",
            "conf/logback.sample.xml",
            "docs/README.md",
            "docs/configuration.md",
            "alerting/README.md",
            "docs/schema.json",
            "docs/writing-a-plugin/pom.xml")) {
      assertThat(Built.home().resolve(file)).isRegularFile();
    }
  }

  @Test
  void everyLinkOfItsPagesLeadsToAFileOfIt() throws IOException {
    Set<String> dead = new TreeSet<>();
    int links = 0;
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        boolean relative = !link.group(1).matches("[a-z]+:.*");
        links += relative ? 1 : 0;
        if (relative && !Files.exists(page.resolveSibling(link.group(1)))) {
          dead.add(Built.home().relativize(page) + " -> " + link.group(1));
        }
      }
    }
    assertThat(dead).isEmpty();
    assertThat(links).isGreaterThan(50);
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(Built.home())) {
      return files.filter(file -> file.toString().endsWith(".md")).toList();
    }
  }

  @Test
  void theLogbackXmlOfItsConfSaysWhatIsLogged() throws Exception {
    unpack();
    Path home = folder.resolve("modelvane-0.1.0");
    Path sample = home.resolve("conf/logback.sample.xml");
    Files.writeString(
        home.resolve("conf/logback.xml"),
        Files.readString(sample)
            .replace("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX}", "MINE")
            .replace("level=\"OFF\"", "level=\"DEBUG\""));
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(home.resolve("bin/modelvane").toString(), "plugins")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    assertThat(Files.readAllLines(err))
        .anyMatch(line -> line.startsWith("MINE DEBUG"))
        .noneMatch(line -> line.matches("\\d{4}-.*"));
  }

  private void unpack() throws Exception {
    Path tar = Built.home().resolve("../../modelvane-0.1.0.tar.gz").toRealPath();
    int unpacked =
        new ProcessBuilder("tar", "-xzf", tar.toString())
            .directory(folder.toFile())
            .start()
            .waitFor();
    assertThat(unpacked).isZero();
  }

  @Test
  void theZipHoldsTheSameFilesAsTheFolder() throws IOException {
    Path zip = Built.home().resolve("../../modelvane-0.1.0.zip");
    Set<String> packed = new TreeSet<>();
    try (ZipFile file = new ZipFile(zip.toFile())) {
      Enumeration<? extends java.util.zip.ZipEntry> entries = file.entries();
      while (entries.hasMoreElements()) {
        java.util.zip.ZipEntry entry = entries.nextElement();
        if (!entry.isDirectory()) {
          packed.add(entry.getName());
        }
      }
    }
    try (Stream<Path> files = Files.walk(Built.home())) {
      Set<String> lying =
          files
              .filter(Files::isRegularFile)
              .map(file -> "modelvane-0.1.0/" + Built.home().relativize(file))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(packed).isEqualTo(lying);
    }
  }

  @Test
  void unpackedFromTheTarItRunsAndEveryPluginLoadsInSilence() throws Exception {
    unpack();

    try (Launched launched = Launched.start(folder, List.of("plugins"))) {
      int code = launched.exitCode(LIMIT);
      assertThat(launched.out())
          .contains("source       kafka", "sink         influxdb")
          .contains("notifier     slack", "notifier     pagerduty")
          .contains("notifier     http", "notifier     email");
      assertThat(launched.err()).isEmpty();
      assertThat(launched.out()).contains("sink         alerting").doesNotContain("BROKEN");
      assertThat(code).isZero();
    }
  }

  @Test
  void aBrokenPluginIsOneLineAndNoStackTrace() throws Exception {
    Path plugins = Built.copyPlugins(folder.resolve("plugins"));
    Files.writeString(plugins.resolve("broken.jar"), "not a jar");

    try (Launched launched =
        Launched.start(folder, List.of("schema", "--plugins", plugins.toString()))) {
      assertThat(launched.exitCode(LIMIT)).isZero();
      assertThat(launched.err().lines())
          .singleElement()
          .asString()
          .contains("plugin broken.jar: not a readable jar");
    }
  }
}
