package io.modelvane.engine.config;

import io.modelvane.engine.plugin.ComponentKind;
import io.modelvane.engine.plugin.PluginCatalogue;
import io.modelvane.engine.words.Defect;
import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.NotifierRef;
import io.modelvane.spi.Problems;
import io.modelvane.spi.SinkRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads one component: its type, its options, and what its factory says of them. */
final class ComponentReader {
  private final PluginCatalogue catalogue;
  private final Binder binder;
  private final ProblemList problems;
  private final ProblemList warnings;
  private final List<Binder.Reference> references = new ArrayList<>();

  ComponentReader(
      PluginCatalogue catalogue, Binder binder, ProblemList problems, ProblemList warnings) {
    this.catalogue = catalogue;
    this.binder = binder;
    this.problems = problems;
    this.warnings = warnings;
  }

  /** All references met so far. */
  List<Binder.Reference> references() {
    return references;
  }

  String types(ComponentKind kind) {
    return "known: " + String.join(", ", catalogue.types(kind));
  }

  /**
   * Reads {@code { type: ..., options }}, or plainly the type; null when a problem was reported.
   */
  @Nullable ComponentDefinition read(ComponentKind kind, String name, Node node, String path) {
    MappingNode mapping = mapping(node, path);
    if (mapping == null) {
      return null;
    }
    Node typeNode = node instanceof ScalarNode ? node : binder.entries(mapping, path).get("type");
    if (!(typeNode instanceof ScalarNode type)) {
      problems.add(node, path, "needs a type; " + types(kind));
      return null;
    }
    Optional<ComponentFactory<?, ?>> factory = catalogue.find(kind, type.getValue());
    if (factory.isEmpty()) {
      problems.add(
          typeNode,
          node instanceof ScalarNode ? path : path + ".type",
          "unknown %s type '%s'; %s"
              .formatted(
                  kind.text(),
                  type.getValue(),
                  Suggestions.of(type.getValue(), catalogue.types(kind))));
      return null;
    }
    return bind(kind, name, mapping, path, factory.get());
  }

  private @Nullable MappingNode mapping(Node node, String path) {
    if (node instanceof MappingNode mapping) {
      return mapping;
    }
    if (node instanceof ScalarNode && !Binder.isNull(node)) {
      return new MappingNode(
          Tag.MAP, true, List.of(), FlowStyle.FLOW, node.getStartMark(), node.getEndMark());
    }
    problems.add(node, path, "must be a mapping with a type, not " + Binder.shape(node));
    return null;
  }

  private <O extends Record> @Nullable ComponentDefinition bind(
      ComponentKind kind,
      String name,
      MappingNode node,
      String path,
      ComponentFactory<O, ?> factory) {
    O options = binder.record(factory.options(), node, path, Set.of("type"));
    List<Binder.Reference> met = binder.takeReferences();
    references.addAll(met);
    if (options == null) {
      validateTheRest(factory, node, path);
      return null;
    }
    validate(factory, options, node, path);
    return new ComponentDefinition(
        kind,
        name,
        factory,
        options,
        ProblemList.location(node),
        targets(met, SinkRef.class),
        targets(met, NotifierRef.class));
  }

  private <O extends Record> void validate(
      ComponentFactory<O, ?> factory, O options, MappingNode node, String path) {
    try {
      Set<Problem> found = found(factory::validate, options, node, path);
      found.forEach(problems::add);
      if (found.isEmpty()) {
        found(factory::warn, options, node, path).forEach(warnings::add);
      }
    } catch (Throwable defect) {
      Defect.passFatal(defect);
      problems.add(node, path, "cannot be checked, its plugin failed: " + defect);
    }
  }

  private static <O extends Record> Set<Problem> found(
      BiConsumer<O, Problems> look, O options, MappingNode node, String path) {
    Set<Problem> found = new LinkedHashSet<>();
    look.accept(
        options,
        (option, message) ->
            found.add(
                new Problem(
                    ProblemList.location(nearest(node, option)),
                    option.isEmpty() ? path : path + "." + option,
                    message)));
    return found;
  }

  /** Options that do not bind hide no problem that has nothing to do with them. */
  private <O extends Record> void validateTheRest(
      ComponentFactory<O, ?> factory, MappingNode node, String path) {
    Set<Problem> certain = new LinkedHashSet<>();
    int rounds = 1;
    for (int round = 0; round < rounds; round++) {
      StandIns standIns = new StandIns(round);
      O guess = binder.guessing(standIns).record(factory.options(), node, path, Set.of("type"));
      if (guess == null) {
        return;
      }
      rounds = Math.max(rounds, standIns.rounds());
      try {
        Set<Problem> found = found(factory::validate, guess, node, path);
        found.removeIf(problem -> standIns.touch(problem.path()));
        if (round == 0) {
          certain.addAll(found);
        }
        certain.retainAll(found);
      } catch (Throwable unsaid) { // perhaps over a stand-in
        Defect.passFatal(unsaid);
        return;
      }
    }
    certain.forEach(problems::add);
  }

  private static <T> Set<T> targets(List<Binder.Reference> met, Class<T> type) {
    Set<T> targets = new HashSet<>();
    for (Binder.Reference reference : met) {
      if (type.isInstance(reference.target())) {
        targets.add(type.cast(reference.target()));
      }
    }
    return targets;
  }

  /** The node at a path like {@code levels.crit[0]}, or the last one above it that was written. */
  static Node nearest(MappingNode top, String path) {
    Node node = top;
    for (String part : path.split("[.\\[\\]]+", -1)) {
      Node child = child(node, part);
      if (child == null) {
        return node;
      }
      node = child;
    }
    return node;
  }

  private static @Nullable Node child(Node node, String part) {
    if (node instanceof MappingNode mapping) {
      return mapping.getValue().stream()
          .filter(t -> t.getKeyNode() instanceof ScalarNode key && key.getValue().equals(part))
          .map(t -> t.getValueNode())
          .findFirst()
          .orElse(null);
    }
    if (node instanceof SequenceNode sequence && part.matches("\\d{1,6}")) {
      int index = Integer.parseInt(part);
      return index < sequence.getValue().size() ? sequence.getValue().get(index) : null;
    }
    return null;
  }

  /** The catalogue's factories of a kind by type. */
  static Map<String, ComponentFactory<?, ?>> factories(
      PluginCatalogue catalogue, ComponentKind kind) {
    Map<String, ComponentFactory<?, ?>> factories = new java.util.TreeMap<>();
    catalogue.types(kind).forEach(t -> factories.put(t, catalogue.find(kind, t).orElseThrow()));
    return factories;
  }
}
