package io.modelvane.engine.config;

import io.modelvane.engine.plugin.ComponentKind;
import io.modelvane.spi.NotifierRef;
import io.modelvane.spi.SinkRef;
import io.modelvane.spi.SourceFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Checks that every name leads to a component, that none is unused, and that there is no cycle. */
final class ReferenceCheck {
  private final Map<ComponentKind, Map<String, Node>> declared;
  private final Map<ComponentKind, Map<String, ComponentDefinition>> components;
  private final Map<String, Node> pipelineNodes;
  private final ProblemList problems;
  private final ProblemList warnings;
  private final Set<String> used = new HashSet<>();

  /** What is declared, by name. */
  record Declared(Map<ComponentKind, Map<String, Node>> components, Map<String, Node> pipelines) {}

  ReferenceCheck(
      Declared declared,
      Map<ComponentKind, Map<String, ComponentDefinition>> components,
      ProblemList problems,
      ProblemList warnings) {
    this.declared = declared.components;
    this.pipelineNodes = declared.pipelines;
    this.components = components;
    this.problems = problems;
    this.warnings = warnings;
  }

  void run(List<Binder.Reference> references, Map<String, PipelineOptions> pipelines) {
    for (Binder.Reference reference : references) {
      Location where = ProblemList.location(reference.node());
      if (reference.target() instanceof SinkRef sink) {
        exists(ComponentKind.SINK, sink.name(), where, reference.path());
      } else if (reference.target() instanceof NotifierRef notifier) {
        exists(ComponentKind.NOTIFIER, notifier.name(), where, reference.path());
      }
    }
    pipelines.forEach(this::check);
    checkShared(pipelines);
    components.getOrDefault(ComponentKind.SINK, Map.of()).values().forEach(this::findCycle);
    if (problems.isEmpty()) { // what cannot be read may use anything
      warnUnused();
    }
  }

  private void exists(ComponentKind kind, String name, Location where, String path) {
    used.add(kind + name);
    Map<String, Node> known = declared.getOrDefault(kind, Map.of());
    if (!known.containsKey(name)) {
      problems.add(
          where,
          path,
          "there is no %s '%s'; %s"
              .formatted(kind.text(), name, Suggestions.of(name, known.keySet())));
    }
  }

  private void check(String pipeline, PipelineOptions options) {
    String path = "pipelines." + pipeline;
    exists(ComponentKind.SOURCE, options.source(), place(pipeline, "source"), path + ".source");
    all(ComponentKind.TRANSFORM, options.transforms(), pipeline, "transforms");
    all(ComponentKind.SINK, options.sinks(), pipeline, "sinks");
    if (options.sinks().isEmpty()) {
      problems.add(
          place(pipeline, "sinks"), path + ".sinks", "leads nowhere; name at least one sink");
    }
    Map<String, Location> places = new HashMap<>();
    for (int i = 0; i < options.sinks().size(); i++) {
      Location here = place(pipeline, "sinks[" + i + "]");
      Location first = places.putIfAbsent(options.sinks().get(i), here);
      if (first != null) {
        problems.add(
            here,
            path + ".sinks",
            "names the sink '%s' twice, first at %s; remove one of the two"
                .formatted(options.sinks().get(i), first));
      }
    }
  }

  private void checkShared(Map<String, PipelineOptions> pipelines) {
    for (var source : components.getOrDefault(ComponentKind.SOURCE, Map.of()).values()) {
      List<String> readers =
          pipelines.entrySet().stream()
              .filter(pipeline -> pipeline.getValue().source().equals(source.name()))
              .map(Map.Entry::getKey)
              .toList();
      if (readers.size() > 1 && source.factory() instanceof SourceFactory<?> factory) {
        whyOnlyOne(factory, source.options())
            .ifPresent(
                why ->
                    problems.add(
                        source.location(),
                        "sources." + source.name(),
                        "serves pipelines %s; %s".formatted(String.join(" and ", readers), why)));
      }
    }
  }

  private static <O extends Record> Optional<String> whyOnlyOne(
      SourceFactory<O> factory, Record options) {
    return factory.whyOnlyOne(factory.options().cast(options));
  }

  private void all(ComponentKind kind, List<String> names, String pipeline, String option) {
    for (int i = 0; i < names.size(); i++) {
      Location where = place(pipeline, option + "[" + i + "]");
      exists(kind, names.get(i), where, "pipelines." + pipeline + "." + option);
    }
  }

  private Location place(String pipeline, String option) {
    Node node = Objects.requireNonNull(pipelineNodes.get(pipeline));
    return ProblemList.location(
        node instanceof MappingNode mapping ? ComponentReader.nearest(mapping, option) : node);
  }

  private void findCycle(ComponentDefinition start) {
    Deque<List<String>> open = new ArrayDeque<>(List.of(List.of(start.name())));
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty()) {
      List<String> way = open.pop();
      ComponentDefinition last =
          components.getOrDefault(ComponentKind.SINK, Map.of()).get(way.get(way.size() - 1));
      if (last == null) {
        continue;
      }
      for (SinkRef next : last.sinks()) {
        List<String> longer = new ArrayList<>(way);
        longer.add(next.name());
        if (next.name().equals(start.name())) {
          problems.add(
              start.location(), "sinks." + start.name(), "cycle: " + String.join(" -> ", longer));
          return;
        } else if (seen.add(next.name())) {
          open.push(longer);
        }
      }
    }
  }

  /** A notifier may still be owed the end of what it was told before. */
  private static String unused(ComponentKind kind) {
    return kind == ComponentKind.NOTIFIER
        ? "is named by nothing: it hears of nothing new, only of the end of what it was told"
            + " before; take it out when none of that is open any more"
        : "is not used by anything";
  }

  private void warnUnused() {
    declared.forEach(
        (kind, named) ->
            named.forEach(
                (name, node) -> {
                  if (!used.contains(kind + name)) {
                    warnings.add(node, kind.section() + "." + name, unused(kind));
                  }
                }));
  }
}
