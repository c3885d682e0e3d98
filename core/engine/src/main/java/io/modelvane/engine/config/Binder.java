package io.modelvane.engine.config;

import io.modelvane.spi.NotifierRef;
import io.modelvane.spi.Option;
import io.modelvane.spi.Secret;
import io.modelvane.spi.SinkRef;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Binds YAML nodes to the types that {@link Option} allows. Goes on after a problem, so that one
 * run shows them all; a null result means that a problem has been reported.
 */
final class Binder {
  /** A reference to another component, to be checked when all components are known. */
  record Reference(Object target, Node node, String path) {}

  private final Placeholders placeholders;
  private final ProblemList problems;
  private final Redactor redactor;
  private final StandIns standIns;
  private final List<Reference> references = new ArrayList<>();
  private int budget = 200_000;

  Binder(Placeholders placeholders, ProblemList problems, Redactor redactor) {
    this(placeholders, problems, redactor, StandIns.NONE);
  }

  private Binder(
      Placeholders placeholders, ProblemList problems, Redactor redactor, StandIns standIns) {
    this.placeholders = placeholders;
    this.problems = problems;
    this.redactor = redactor;
    this.standIns = standIns;
  }

  /** One that says nothing of what does not bind, and puts stand-ins in its place. */
  Binder guessing(StandIns with) {
    return new Binder(placeholders, new ProblemList(), redactor, with);
  }

  /** The references met since the last call. */
  List<Reference> takeReferences() {
    List<Reference> taken = List.copyOf(references);
    references.clear();
    return taken;
  }

  /**
   * Binds the options of a record.
   *
   * @param skipped keys of the mapping that belong to somebody else
   */
  <R extends Record> @Nullable R record(
      Class<R> type, MappingNode node, String path, Set<String> skipped) {
    List<RecordComponent> options = OptionType.options(type);
    List<String> names = options.stream().map(OptionType::name).toList();
    Map<String, Node> given = entries(node, path);
    reportUnknown(node, names, skipped, path);
    for (RecordComponent option : options) {
      if (OptionType.isRequired(option)) {
        takeMisspelt(OptionType.name(option), given, names);
      }
    }
    return record(type, node, given, path);
  }

  /** A required option that is misspelt is one problem, not that it is missing as well. */
  private static void takeMisspelt(String required, Map<String, Node> given, List<String> names) {
    if (!given.containsKey(required)) {
      given.entrySet().stream()
          .filter(entry -> !names.contains(entry.getKey()))
          .filter(entry -> Suggestions.nearest(entry.getKey(), names).equals(Optional.of(required)))
          .map(Map.Entry::getValue)
          .findFirst()
          .ifPresent(value -> given.put(required, value));
    }
  }

  private <R extends Record> @Nullable R record(
      Class<R> type, MappingNode node, Map<String, Node> given, String path) {
    RecordComponent[] parts = type.getRecordComponents();
    @Nullable Object[] values = new Object[parts.length];
    boolean complete = true;
    for (int i = 0; i < values.length; i++) {
      RecordComponent part = parts[i];
      values[i] =
          OptionType.isInline(part)
              ? record(part.getType().asSubclass(Record.class), node, given, path)
              : optionOrStandIn(part, node, given.get(OptionType.name(part)), path);
      complete &= values[i] != null;
    }
    return complete ? construct(type, values, node, path) : null;
  }

  private void reportUnknown(
      MappingNode node, List<String> names, Set<String> skipped, String path) {
    Set<String> known = new TreeSet<>(names);
    known.addAll(skipped);
    for (NodeTuple tuple : node.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key && !known.contains(key.getValue())) {
        problems.add(
            key,
            join(path, key.getValue()),
            "unknown option; " + Suggestions.of(key.getValue(), known));
      }
    }
  }

  private @Nullable Object optionOrStandIn(
      RecordComponent component, MappingNode parent, @Nullable Node given, String path) {
    Object value = option(component, parent, given, path);
    return value != null
        ? value
        : standIns.of(component, given, join(path, OptionType.name(component)));
  }

  private @Nullable Object option(
      RecordComponent component, MappingNode parent, @Nullable Node given, String path) {
    Option option = OptionType.option(component);
    String own = join(path, OptionType.name(component));
    if (given != null && !isNull(given)) {
      Object value = bind(component.getGenericType(), given, own);
      return value == null ? null : inRange(option, value, given, own);
    }
    if (!option.defaultValue().isEmpty()) {
      Node preset = YamlFiles.compose("(default)", preset(component, option)).orElseThrow();
      return bind(component.getGenericType(), preset, own);
    }
    if (OptionType.isContainer(component.getType())) {
      return empty(component.getType());
    }
    problems.add(parent, own, "is required" + example(option));
    return null;
  }

  /** Texts that YAML would read otherwise (a pattern, a template) are taken as they are. */
  private static String preset(RecordComponent component, Option option) {
    String text = option.defaultValue();
    boolean structured = text.startsWith("{") || text.startsWith("[");
    return structured && component.getType() != String.class
        ? text
        : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  private static String example(Option option) {
    return option.example().isEmpty() ? "" : ", for example " + option.example();
  }

  private static Object empty(Class<?> container) {
    if (container == List.class) {
      return List.of();
    }
    return container == Map.class ? Map.of() : Optional.empty();
  }

  private <R extends Record> @Nullable R construct(
      Class<R> type, @Nullable Object[] values, Node node, String path) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException refused) {
      Throwable cause = Objects.requireNonNullElse(refused.getCause(), refused);
      problems.add(node, path, String.valueOf(cause.getMessage()));
      return null;
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(type.getName() + " cannot be made", impossible);
    }
  }

  private @Nullable Object bind(Type type, Node node, String path) {
    if (--budget < 0) {
      if (budget == -1) { // aliases of aliases
        problems.add(node, path, "the configuration expands to more than 200,000 values");
      }
      return null;
    }
    Class<?> raw = OptionType.raw(type);
    if (raw == Optional.class) {
      Object value = bind(OptionType.element(type), node, path);
      return value == null ? null : Optional.of(value);
    } else if (raw == List.class) {
      return list(OptionType.element(type), node, path);
    } else if (raw == Map.class) {
      return map(OptionType.element(type), node, path);
    } else if (raw.isEnum()) {
      return scalar(node, path, text -> constant(raw, text));
    }
    Function<String, Object> reader = Scalars.READERS.get(raw);
    if (reader != null) {
      return reference(scalar(node, path, reader), node, path);
    }
    return compound(raw, node, path);
  }

  private @Nullable Object reference(@Nullable Object value, Node node, String path) {
    if (value instanceof SinkRef || value instanceof NotifierRef) {
      references.add(new Reference(value, node, path));
    } else if (value instanceof Secret secret) {
      redactor.add(secret.reveal());
    }
    return value;
  }

  private @Nullable Object compound(Class<?> type, Node node, String path) {
    Method parser = OptionType.parser(type);
    if (parser != null && (node instanceof ScalarNode || OptionType.isText(type))) {
      return scalar(node, path, text -> parse(parser, text));
    }
    if (!(node instanceof MappingNode mapping)) {
      problems.add(node, path, "must be a mapping of options, not " + shape(node));
      return null;
    }
    if (type.isRecord()) {
      return record(type.asSubclass(Record.class), mapping, path, Set.of());
    }
    return variant(type, mapping, path);
  }

  static Object parse(Method parser, String text) {
    try {
      parser.setAccessible(true);
      return parser.invoke(null, text);
    } catch (InvocationTargetException refused) {
      throw new IllegalArgumentException(
          Objects.requireNonNullElse(refused.getCause(), refused).getMessage(), refused);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(parser + " cannot be called", impossible);
    }
  }

  private @Nullable Object variant(Class<?> sealed, MappingNode node, String path) {
    Map<String, Class<?>> variants = OptionType.variants(sealed);
    Node typeNode = entries(node, path, false).get("type");
    if (typeNode == null) {
      problems.add(node, path, "needs a type: one of " + String.join(", ", variants.keySet()));
      return null;
    }
    Object name = scalar(typeNode, join(path, "type"), text -> text);
    Class<?> type = variants.get(String.valueOf(name));
    if (type == null) {
      problems.add(
          typeNode,
          join(path, "type"),
          "unknown type '%s'; %s"
              .formatted(name, Suggestions.of(String.valueOf(name), variants.keySet())));
      return null;
    }
    return record(type.asSubclass(Record.class), node, path, Set.of("type"));
  }

  private @Nullable List<Object> list(Type element, Node node, String path) {
    List<Node> nodes = node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
    List<Object> values = new ArrayList<>();
    boolean complete = true;
    for (int i = 0; i < nodes.size(); i++) {
      Object value = bind(element, nodes.get(i), path + "[" + i + "]");
      if (value == null) {
        complete = false;
      } else {
        values.add(value);
      }
    }
    return complete ? List.copyOf(values) : null;
  }

  private @Nullable Map<String, Object> map(Type element, Node node, String path) {
    if (!(node instanceof MappingNode mapping)) {
      problems.add(node, path, "must be a mapping of names to values, not " + shape(node));
      return null;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    Map<String, Node> given = entries(mapping, path);
    given.forEach(
        (name, value) -> {
          Object bound = bind(element, value, join(path, name));
          if (bound != null) {
            values.put(name, bound);
          }
        });
    return values.size() == given.size() ? java.util.Collections.unmodifiableMap(values) : null;
  }

  private @Nullable Object scalar(Node node, String path, Function<String, Object> reader) {
    if (!(node instanceof ScalarNode scalar)) {
      problems.add(node, path, "must be a single value, not " + shape(node));
      return null;
    }
    if (isNull(node)) {
      problems.add(node, path, "has no value");
      return null;
    }
    String written = scalar.getValue();
    String text = written;
    try {
      text = placeholders.resolve(written);
      return reader.apply(text);
    } catch (IllegalArgumentException | ArithmeticException refused) {
      // What stands for a variable or a file may be secret: what was written is shown instead.
      String words = String.valueOf(refused.getMessage());
      boolean filled = !text.isEmpty() && !text.equals(written);
      problems.add(node, path, filled ? words.replace(text, written) : words);
      return null;
    }
  }

  private static Object constant(Class<?> type, String text) {
    List<String> names = new ArrayList<>();
    for (Object candidate : type.getEnumConstants()) {
      String name = OptionType.constant((Enum<?>) candidate);
      if (name.equals(text)) {
        return candidate;
      }
      names.add(name);
    }
    throw new IllegalArgumentException("'" + text + "' is unknown; " + Suggestions.of(text, names));
  }

  private @Nullable Object inRange(Option option, Object value, Node node, String path) {
    Object plain = value instanceof Optional<?> optional ? optional.orElseThrow() : value;
    if (!option.min().isEmpty() && compare(plain, option.min()) < 0) {
      problems.add(node, path, "must be at least " + option.min());
      return null;
    }
    if (!option.max().isEmpty() && compare(plain, option.max()) > 0) {
      problems.add(node, path, "must be at most " + option.max());
      return null;
    }
    return value;
  }

  private static int compare(Object value, String bound) {
    if (value instanceof Duration duration) {
      return duration.compareTo(Scalars.duration(bound));
    } else if (value instanceof io.modelvane.spi.DataSize size) {
      return Long.compare(size.bytes(), io.modelvane.spi.DataSize.parse(bound).bytes());
    } else if (value instanceof Number number) {
      return Double.compare(number.doubleValue(), Double.parseDouble(bound));
    }
    throw new IllegalStateException("min and max do not apply to " + value.getClass());
  }

  /** The entries of a mapping by key; keys that occur twice are problems. */
  Map<String, Node> entries(MappingNode node, String path) {
    return entries(node, path, true);
  }

  private Map<String, Node> entries(MappingNode node, String path, boolean report) {
    Map<String, Node> entries = new LinkedHashMap<>();
    Map<String, Node> keys = new HashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        if (report) {
          problems.add(tuple.getKeyNode(), path, "keys must be plain words");
        }
        continue;
      }
      Node first = keys.putIfAbsent(key.getValue(), key);
      entries.putIfAbsent(key.getValue(), tuple.getValueNode());
      if (first != null && report) {
        problems.add(
            key,
            join(path, key.getValue()),
            "occurs twice, first at %s; remove one of the two"
                .formatted(ProblemList.location(first)));
      }
    }
    return entries;
  }

  static boolean isNull(Node node) {
    return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
  }

  static String shape(Node node) {
    if (node instanceof MappingNode) {
      return "a mapping";
    }
    return node instanceof SequenceNode ? "a list" : "a single value";
  }

  static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
