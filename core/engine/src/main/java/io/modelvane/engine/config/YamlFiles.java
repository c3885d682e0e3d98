package io.modelvane.engine.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads configuration files into YAML nodes, which know their places. */
final class YamlFiles {
  private static final long LARGEST = 4L << 20;

  private final ProblemList problems;

  YamlFiles(ProblemList problems) {
    this.problems = problems;
  }

  /** The top mappings of all files; a folder stands for its YAML files, sorted by name. */
  List<MappingNode> read(List<Path> paths) {
    return paths.stream().flatMap(this::expand).flatMap(file -> readOne(file).stream()).toList();
  }

  private Stream<Path> expand(Path path) {
    if (!Files.isDirectory(path)) {
      return Stream.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      List<Path> yaml =
          files.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().toList();
      if (yaml.isEmpty()) {
        report(path, "has no *.yaml file");
      }
      return yaml.stream();
    } catch (IOException unreadable) {
      report(path, "cannot be listed: " + unreadable.getMessage());
      return Stream.of();
    }
  }

  private Optional<MappingNode> readOne(Path file) {
    try {
      if (Files.exists(file) && Files.size(file) > LARGEST) {
        report(file, "is larger than 4 MiB; this is not a configuration file");
        return Optional.empty();
      }
      Optional<Node> node = compose(file.toString(), Files.readString(file));
      if (node.isEmpty()) {
        report(file, "is empty; start from conf/modelvane.yaml");
      } else if (node.get() instanceof MappingNode mapping) {
        return Optional.of(mapping);
      } else {
        problems.add(node.get(), "", "must be a mapping with keys such as sources and pipelines");
      }
    } catch (NoSuchFileException missing) {
      report(file, "no such file");
    } catch (CharacterCodingException binary) {
      report(file, "is not UTF-8 text; save it as UTF-8");
    } catch (MarkedYamlEngineException invalid) {
      Location where =
          invalid
              .getProblemMark()
              .map(ProblemList::location)
              .orElse(new Location(file.toString(), 0, 0));
      problems.add(where, "", "is not valid YAML: " + invalid.getProblem());
    } catch (YamlEngineException invalid) {
      report(
          file,
          "is not valid YAML: "
              + String.valueOf(invalid.getMessage()).lines().findFirst().orElse(""));
    } catch (StackOverflowError bottomless) {
      report(file, "is nested too deeply");
    } catch (IOException unreadable) {
      report(file, "cannot be read: " + unreadable.getMessage());
    }
    return Optional.empty();
  }

  private void report(Path file, String message) {
    problems.add(new Location(file.toString(), 0, 0), "", message);
  }

  /** Parses text; {@code label} is the file's name in marks. */
  static Optional<Node> compose(String label, String text) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(label).setUseMarks(true).setCodePointLimit(1 << 23).build();
    return new Compose(settings).composeString(text);
  }
}
