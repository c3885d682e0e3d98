package io.modelvane.engine.config;

import io.modelvane.engine.words.FileTrouble;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads configuration files into YAML nodes, which know their places. */
final class YamlFiles {
  private static final int LARGEST = 4 << 20;
  private static final int DEEPEST = 64;
  private static final int MOST_ALIASES = 50; // of mappings and lists, which multiply

  private static final Set<String> ORDINARY =
      Stream.of("str", "int", "float", "bool", "null", "map", "seq")
          .map(name -> "tag:yaml.org,2002:" + name)
          .collect(Collectors.toUnmodifiableSet());

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
      report(path, "cannot be listed: " + FileTrouble.words(unreadable));
      return Stream.of();
    }
  }

  private Optional<MappingNode> readOne(Path file) {
    String text = "";
    try {
      text = TextFile.read(file, LARGEST);
      if (!isPlain(file, text)) {
        return Optional.empty();
      }
      Optional<Node> node = compose(file.toString(), text);
      if (node.isEmpty()) {
        report(file, "is empty; start from conf/modelvane.yaml");
      } else if (node.get() instanceof MappingNode mapping) {
        return Optional.of(mapping);
      } else {
        problems.add(node.get(), "", "must be a mapping with keys such as sources and pipelines");
      }
    } catch (TextFile.TooLarge endless) {
      report(file, "is larger than 4 MiB; this is not a configuration file");
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
      report(where, text, "is not valid YAML: " + invalid.getProblem());
    } catch (YamlEngineException invalid) {
      report(
          file,
          "is not valid YAML: "
              + String.valueOf(invalid.getMessage()).lines().findFirst().orElse(""));
    } catch (IOException unreadable) {
      report(file, "cannot be read: " + FileTrouble.words(unreadable));
    }
    return Optional.empty();
  }

  /**
   * Whether the text holds nothing that would take too much memory, or that means something only to
   * programs which make objects of it. Looks at the events one by one, before nodes are made.
   */
  private boolean isPlain(Path file, String text) {
    Set<Anchor> collections = new HashSet<>();
    int depth = 0;
    int aliases = 0;
    boolean plain = true;
    for (Event event : new Parse(settings(file.toString())).parseString(text)) {
      if (event instanceof CollectionStartEvent begin) {
        begin.getAnchor().ifPresent(collections::add);
        depth++;
        plain &= hasNoTag(begin.getTag(), event, text);
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      } else if (event instanceof ScalarEvent scalar) {
        plain &= hasNoTag(scalar.getTag(), event, text) && isNotCut(scalar, text);
      } else if (event instanceof AliasEvent alias
          && alias.getAnchor().filter(collections::contains).isPresent()) {
        aliases++;
      }
      if (depth > DEEPEST || aliases > MOST_ALIASES) {
        refuse(
            event,
            depth > DEEPEST
                ? "is nested too deeply: more than " + DEEPEST + " levels"
                : "refers to mappings and lists by more than " + MOST_ALIASES + " aliases");
        return false;
      }
    }
    return plain;
  }

  private boolean hasNoTag(Optional<String> tag, Event event, String text) {
    if (tag.isEmpty() || tag.get().equals("!") || ORDINARY.contains(tag.get())) {
      return true;
    }
    String words = "has the tag '" + tag.get() + "', which means nothing here; leave it out";
    report(event.getStartMark().map(ProblemList::location).orElseThrow(), text, words);
    return false;
  }

  /** {@code crit: >1} begins a folded text with an indentation of 1, and nothing follows. */
  private boolean isNotCut(ScalarEvent scalar, String text) {
    Location where = scalar.getStartMark().map(ProblemList::location).orElseThrow();
    if (scalar.getScalarStyle() != ScalarStyle.FOLDED
        || !scalar.getValue().isBlank()
        || unquoted(where, text).isEmpty()) {
      return true;
    }
    report(where, text, "");
    return false;
  }

  private static Optional<Unquoted> unquoted(Location where, String text) {
    return text.lines().skip(Math.max(0, where.line() - 1L)).findFirst().flatMap(Unquoted::in);
  }

  /** Says what to write where the line shows what was meant, else what YAML makes of it. */
  private void report(Location where, String text, String words) {
    unquoted(where, text)
        .ifPresentOrElse(
            meant ->
                problems.add(
                    new Location(where.file(), where.line(), meant.column()),
                    "",
                    "means something else in YAML; " + meant.words()),
            () -> problems.add(where, "", words));
  }

  private void refuse(Event event, String message) {
    problems.add(event.getStartMark().map(ProblemList::location).orElseThrow(), "", message);
  }

  private void report(Path file, String message) {
    problems.add(new Location(file.toString(), 0, 0), "", message);
  }

  /** Parses text; {@code label} is the file's name in marks. */
  static Optional<Node> compose(String label, String text) {
    return new Compose(settings(label)).composeString(text);
  }

  private static LoadSettings settings(String label) {
    return LoadSettings.builder()
        .setLabel(label)
        .setUseMarks(true)
        .setCodePointLimit(1 << 23)
        .build();
  }
}
