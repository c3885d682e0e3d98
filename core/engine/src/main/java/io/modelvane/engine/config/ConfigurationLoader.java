package io.modelvane.engine.config;

import io.modelvane.engine.plugin.ComponentKind;
import io.modelvane.engine.plugin.PluginCatalogue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Loads a configuration from one or more files. Used once. */
public final class ConfigurationLoader {
  private static final Map<String, ComponentKind> SECTIONS =
      Map.of(
          "sources", ComponentKind.SOURCE,
          "transforms", ComponentKind.TRANSFORM,
          "sinks", ComponentKind.SINK,
          "notifiers", ComponentKind.NOTIFIER);
  private static final String PIPELINES = "pipelines";
  private static final String DEAD_LETTERS = "dead_letters";

  private final ProblemList problems = new ProblemList();
  private final ProblemList warnings = new ProblemList();
  private final Redactor redactor = new Redactor();
  private final Binder binder;
  private final ComponentReader reader;
  private final Map<ComponentKind, Map<String, Node>> declared = new EnumMap<>(ComponentKind.class);
  private final Map<String, Node> pipelineNodes = new LinkedHashMap<>();
  private final Map<String, PipelineOptions> pipelineOptions = new LinkedHashMap<>();
  private final Map<ComponentKind, Map<String, ComponentDefinition>> components =
      new EnumMap<>(ComponentKind.class);

  /**
   * A loader.
   *
   * @param catalogue the component types there are
   * @param environment looks up environment variables; null where there is none
   */
  public ConfigurationLoader(
      PluginCatalogue catalogue, Function<String, @Nullable String> environment) {
    this.binder = new Binder(new Placeholders(environment), problems, redactor);
    this.reader = new ComponentReader(catalogue, binder, problems, warnings);
  }

  /** Loads files; a folder stands for all its YAML files, merged. */
  public Loaded load(List<Path> paths) {
    List<MappingNode> files = new YamlFiles(problems).read(paths);
    if (files.isEmpty()) {
      return result(Optional.empty());
    }
    MappingNode root = merge(files);
    Map<String, Node> top = binder.entries(root, "");
    SECTIONS.forEach((section, kind) -> readSection(top.get(section), section, kind));
    ComponentDefinition deadLetters =
        reader.read(ComponentKind.DEAD_LETTERS, "dead_letters", deadLetterNode(top), DEAD_LETTERS);
    Map<String, PipelineDefinition> pipelines = readPipelines(root, top.get(PIPELINES));
    Set<String> sections = new HashSet<>(SECTIONS.keySet());
    sections.addAll(List.of(PIPELINES, DEAD_LETTERS));
    EngineOptions engine = binder.record(EngineOptions.class, root, "", sections);
    if (engine != null) {
      engine
          .http()
          .validate(
              (path, words) -> problems.add(ComponentReader.nearest(root, path), path, words));
    }
    ReferenceCheck.Declared all = new ReferenceCheck.Declared(declared, pipelineNodes);
    new ReferenceCheck(all, components, problems, warnings)
        .run(reader.references(), pipelineOptions);
    if (engine == null || deadLetters == null || !problems.isEmpty()) {
      return result(Optional.empty());
    }
    return result(
        Optional.of(new Configuration(engine, components, deadLetters, pipelines, redactor)));
  }

  /**
   * Reads some keys of the top, such as {@code data} or {@code http.port}. Variables and files that
   * other keys name need not be there: a shell rarely has all that a service has.
   */
  public Glance glance(List<Path> paths, Set<String> keys) {
    List<MappingNode> files = new YamlFiles(problems).read(paths);
    if (files.isEmpty()) {
      return new Glance(Optional.empty(), Optional.empty(), Set.of(), found(problems));
    }
    MappingNode all = merge(files);
    Set<String> pipelines =
        binder.entries(all, "").get(PIPELINES) instanceof MappingNode named
            ? binder.entries(named, PIPELINES).keySet()
            : Set.of();
    MappingNode root = only(all, "", keys);
    EngineOptions engine = binder.record(EngineOptions.class, root, "", Set.of(DEAD_LETTERS));
    Node node = deadLetterNode(binder.entries(root, ""));
    ComponentDefinition deadLetters =
        reader.read(ComponentKind.DEAD_LETTERS, DEAD_LETTERS, node, DEAD_LETTERS);
    boolean whole = problems.isEmpty();
    return new Glance(
        Optional.ofNullable(whole ? engine : null),
        Optional.ofNullable(whole ? deadLetters : null),
        pipelines,
        found(problems));
  }

  private static MappingNode only(MappingNode node, String path, Set<String> keys) {
    List<NodeTuple> kept = new ArrayList<>();
    for (NodeTuple tuple : node.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        String own = Binder.join(path, key.getValue());
        if (keys.contains(own)) {
          kept.add(tuple);
        } else if (tuple.getValueNode() instanceof MappingNode inner
            && keys.stream().anyMatch(wanted -> wanted.startsWith(own + "."))) {
          kept.add(new NodeTuple(key, only(inner, own, keys)));
        }
      }
    }
    return joined(node, kept);
  }

  private List<Problem> found(ProblemList list) {
    return list.sorted().stream()
        .map(p -> new Problem(p.where(), p.path(), redactor.redact(p.message())))
        .toList();
  }

  private Loaded result(Optional<Configuration> configuration) {
    List<Problem> found = found(problems);
    return new Loaded(found.isEmpty() ? configuration : Optional.empty(), found, found(warnings));
  }

  private static Node deadLetterNode(Map<String, Node> top) {
    Node given = top.get(DEAD_LETTERS);
    return given != null && !Binder.isNull(given)
        ? given
        : YamlFiles.compose("(default)", "file").orElseThrow();
  }

  /** One mapping of all files: sections are joined, any other key must be in one file only. */
  private MappingNode merge(List<MappingNode> files) {
    Map<String, List<NodeTuple>> sections = new LinkedHashMap<>();
    List<NodeTuple> tuples = new ArrayList<>();
    for (MappingNode file : files) {
      for (NodeTuple tuple : file.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key
            && (SECTIONS.containsKey(key.getValue()) || key.getValue().equals(PIPELINES))
            && tuple.getValueNode() instanceof MappingNode section
            && files.size() > 1) {
          if (!sections.containsKey(key.getValue())) {
            List<NodeTuple> joined = new ArrayList<>();
            sections.put(key.getValue(), joined);
            tuples.add(new NodeTuple(key, joined(section, joined)));
          }
          Objects.requireNonNull(sections.get(key.getValue())).addAll(section.getValue());
        } else {
          tuples.add(tuple);
        }
      }
    }
    return joined(files.get(0), tuples);
  }

  private static MappingNode joined(MappingNode like, List<NodeTuple> tuples) {
    return new MappingNode(
        Tag.MAP, true, tuples, FlowStyle.BLOCK, like.getStartMark(), like.getEndMark());
  }

  private void readSection(@Nullable Node node, String section, ComponentKind kind) {
    Map<String, Node> named = named(node, section);
    declared.put(kind, named);
    Map<String, ComponentDefinition> read = new LinkedHashMap<>();
    named.forEach(
        (name, component) -> {
          ComponentDefinition definition = reader.read(kind, name, component, section + "." + name);
          if (definition != null) {
            read.put(name, definition);
          }
        });
    components.put(kind, read);
  }

  private Map<String, Node> named(@Nullable Node node, String section) {
    if (node == null || Binder.isNull(node)) {
      return Map.of();
    }
    if (!(node instanceof MappingNode mapping)) {
      problems.add(node, section, "must be a mapping of names, not " + Binder.shape(node));
      return Map.of();
    }
    Map<String, Node> named = binder.entries(mapping, section);
    named.forEach(
        (name, value) -> {
          if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")) {
            problems.add(
                value,
                section,
                "'" + name + "' is no name: use letters, digits, dash, dot and underscore");
          }
        });
    return named;
  }

  private Map<String, PipelineDefinition> readPipelines(MappingNode root, @Nullable Node node) {
    Map<String, PipelineDefinition> pipelines = new LinkedHashMap<>();
    Map<String, Node> named = named(node, PIPELINES);
    pipelineNodes.putAll(named);
    if (named.isEmpty() && (node == null || Binder.isNull(node) || node instanceof MappingNode)) {
      problems.add(
          node == null ? root : node,
          PIPELINES,
          "there is none; add one, for example metrics: { source: ..., decode: ..., sinks: [...]"
              + " }");
    }
    named.forEach(
        (name, pipeline) -> readPipeline(name, pipeline).ifPresent(p -> pipelines.put(name, p)));
    return pipelines;
  }

  private Optional<PipelineDefinition> readPipeline(String name, Node node) {
    String path = PIPELINES + "." + name;
    if (!(node instanceof MappingNode mapping)) {
      problems.add(node, path, "must be a mapping of options, not " + Binder.shape(node));
      return Optional.empty();
    }
    PipelineOptions options =
        binder.record(
            PipelineOptions.class, mapping, path, Set.of(ComponentKind.DECODER.section()));
    if (options != null) {
      pipelineOptions.put(name, options);
      options.validate(
          (option, words) ->
              problems.add(ComponentReader.nearest(mapping, option), path + "." + option, words));
    }
    Node decode = binder.entries(mapping, path).get(ComponentKind.DECODER.section());
    if (decode == null) {
      problems.add(node, path + ".decode", "is required: " + reader.types(ComponentKind.DECODER));
      return Optional.empty();
    }
    ComponentDefinition decoder =
        reader.read(ComponentKind.DECODER, name, decode, path + ".decode");
    if (options == null || decoder == null) {
      return Optional.empty();
    }
    return Optional.of(new PipelineDefinition(name, decoder, options, ProblemList.location(node)));
  }

  /** The top-level keys that hold components, for the schema. */
  static Map<String, ComponentKind> sections() {
    return SECTIONS.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  }
}
