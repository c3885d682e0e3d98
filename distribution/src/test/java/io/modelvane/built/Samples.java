package io.modelvane.built;

import io.modelvane.engine.config.Problem;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every configuration that the clone shows to its users: YAML files outside of tests and of what
 * programs read, and what stands between {@code ```yaml} and {@code ```} in Markdown. One without
 * {@code pipelines:} is a part of a configuration: it may lack them, and name components that it
 * does not show. One that begins with {@code checks:}, {@code rules:} or {@code endpoints:} is a
 * part of a sink.
 */
final class Samples {
  private static final Pattern FENCE =
      Pattern.compile("^```yaml\\R(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern PIPELINES = Pattern.compile("^pipelines:", Pattern.MULTILINE);

  private Samples() {}

  /** A configuration and where it stands. */
  record Sample(String place, String yaml) {
    boolean isWhole() {
      return PIPELINES.matcher(yaml).find();
    }

    /** Whether a problem is nothing but the rest of the configuration missing. */
    boolean mayHave(Problem problem) {
      return !isWhole()
          && (problem.message().startsWith("there is none")
              || problem.message().startsWith("there is no "));
    }

    @Override
    public String toString() {
      return place;
    }
  }

  static List<Sample> all(Path root) throws IOException {
    List<Sample> samples = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String path = "/" + root.relativize(folder);
            return path.matches(".*/(target|\\.[^/]+|test|dashboards|resources)")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            add(samples, root.relativize(file).toString(), file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
            return FileVisitResult.CONTINUE;
          }
        });
    return samples;
  }

  /** Checks and rules shown by themselves belong to a sink. */
  private static String inItsPlace(String yaml) {
    return Stream.of("checks:", "rules:", "endpoints:").anyMatch(yaml::startsWith)
        ? "sinks:\n  alerting:\n    type: alerting\n" + yaml.indent(4)
        : yaml;
  }

  private static void add(List<Sample> samples, String name, Path file) throws IOException {
    if (name.endsWith(".yaml")) {
      samples.add(new Sample(name, Files.readString(file)));
    } else if (name.endsWith(".md")) {
      String text = Files.readString(file);
      Matcher fence = FENCE.matcher(text);
      while (fence.find()) {
        long line = text.substring(0, fence.start()).lines().count() + 1;
        samples.add(new Sample(name + ":" + line, inItsPlace(fence.group(1))));
      }
    }
  }
}
