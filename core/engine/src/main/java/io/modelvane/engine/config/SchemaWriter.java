package io.modelvane.engine.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.engine.plugin.ComponentKind;
import io.modelvane.engine.plugin.PluginCatalogue;
import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.DataSize;
import io.modelvane.spi.Option;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The JSON Schema of a whole configuration file, for completion and checks in editors. */
public final class SchemaWriter {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  private static final String PLACEHOLDER = "\\$\\{(env|file):[^}]+\\}";

  private final PluginCatalogue catalogue;
  private final Deque<Class<?>> open = new ArrayDeque<>();
  private final Map<String, Class<?>> recursive = new TreeMap<>();

  /** Writes the schema of the component types in {@code catalogue}. */
  public SchemaWriter(PluginCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** The schema as JSON text. */
  public String write() {
    ObjectNode root = record(EngineOptions.class, Optional.empty());
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "Modelvane configuration");
    ObjectNode properties = properties(root);
    ConfigurationLoader.sections()
        .forEach(
            (section, kind) -> {
              ObjectNode node = properties.putObject(section).put("type", "object");
              if (catalogue.types(kind).isEmpty()) {
                node.put("additionalProperties", false);
              } else {
                node.set("additionalProperties", components(kind));
              }
            });
    root.withArray("/required").add("pipelines");
    properties.set("dead_letters", components(ComponentKind.DEAD_LETTERS));
    ObjectNode pipeline = record(PipelineOptions.class, Optional.empty());
    properties(pipeline).set("decode", components(ComponentKind.DECODER));
    pipeline.withArray("/required").add("decode");
    ObjectNode pipelines = properties.putObject("pipelines").put("type", "object");
    pipelines.put("minProperties", 1).set("additionalProperties", pipeline);
    recursive.forEach(
        (name, type) -> {
          open.push(type);
          root.withObject("/$defs").set(name, record(type, Optional.empty()));
          open.pop();
        });
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static ObjectNode properties(ObjectNode object) {
    return object.withObject("/properties");
  }

  private ObjectNode components(ComponentKind kind) {
    ObjectNode choice = JSON.createObjectNode();
    ArrayNode any = choice.putArray("oneOf");
    Map<String, ComponentFactory<?, ?>> factories = ComponentReader.factories(catalogue, kind);
    factories.forEach(
        (type, factory) ->
            any.add(
                record(factory.options(), Optional.of(type))
                    .put("description", factory.description())));
    ArrayNode names = any.addObject().putArray("enum"); // plainly the type, all options default
    factories.forEach(
        (type, factory) -> {
          if (OptionType.options(factory.options()).stream().noneMatch(OptionType::isRequired)) {
            names.add(type);
          }
        });
    if (names.isEmpty()) {
      any.remove(any.size() - 1);
    }
    return choice;
  }

  private ObjectNode record(Class<?> type, Optional<String> discriminator) {
    ObjectNode schema = JSON.createObjectNode().put("type", "object");
    schema.put("additionalProperties", false);
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JSON.createArrayNode();
    discriminator.ifPresent(
        name -> {
          properties.putObject("type").put("const", name);
          required.add("type");
        });
    for (RecordComponent component : OptionType.options(type)) {
      Option option = OptionType.option(component);
      ObjectNode property = type(component.getGenericType());
      limits(property, option);
      property.put("description", option.description());
      if (!option.defaultValue().isEmpty() && !option.defaultValue().startsWith("{")) {
        property.put("default", option.defaultValue());
      }
      if (!option.example().isEmpty()) {
        property.putArray("examples").add(option.example());
      }
      properties.set(OptionType.name(component), property);
      if (OptionType.isRequired(component)) {
        required.add(OptionType.name(component));
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema;
  }

  private static void limits(ObjectNode property, Option option) {
    if (property.path("anyOf").path(0) instanceof ObjectNode number
        && number.path("type").asText().matches("integer|number")) {
      if (!option.min().isEmpty()) {
        number.put("minimum", Double.parseDouble(option.min()));
      }
      if (!option.max().isEmpty()) {
        number.put("maximum", Double.parseDouble(option.max()));
      }
    }
  }

  private ObjectNode type(Type type) {
    Class<?> raw = OptionType.raw(type);
    if (raw == Optional.class) {
      return type(OptionType.element(type));
    } else if (raw == List.class) {
      ObjectNode element = type(OptionType.element(type));
      ObjectNode list = JSON.createObjectNode();
      ArrayNode either = list.putArray("anyOf");
      either.addObject().put("type", "array").set("items", element);
      either.add(element.deepCopy());
      return list;
    } else if (raw == Map.class) {
      ObjectNode map = JSON.createObjectNode().put("type", "object");
      map.set("additionalProperties", type(OptionType.element(type)));
      return map;
    } else if (raw.isEnum()) {
      ObjectNode either = JSON.createObjectNode();
      ArrayNode names = either.putArray("anyOf").addObject().putArray("enum");
      for (Object constant : raw.getEnumConstants()) {
        names.add(OptionType.constant((Enum<?>) constant));
      }
      either.withArray("/anyOf").addObject().put("type", "string").put("pattern", PLACEHOLDER);
      return either;
    }
    boolean plain = Scalars.READERS.containsKey(raw) || OptionType.isText(raw);
    return plain ? scalar(raw) : compound(raw);
  }

  private ObjectNode scalar(Class<?> type) {
    ObjectNode schema = JSON.createObjectNode();
    if (type == boolean.class || type == Boolean.class) {
      return orPlaceholder(schema, "boolean");
    } else if (type == int.class
        || type == Integer.class
        || type == long.class
        || type == Long.class) {
      return orPlaceholder(schema, "integer");
    } else if (type == double.class || type == Double.class) {
      return orPlaceholder(schema, "number");
    } else if (type == Duration.class) {
      return schema.put("type", "string").put("pattern", "^\\d+\\s*(ms|s|m|h|d)$|" + PLACEHOLDER);
    } else if (type == DataSize.class) {
      schema.putArray("type").add("string").add("integer");
      return schema.put("pattern", "^\\d+\\s*([KMG]i?)?B?$|" + PLACEHOLDER);
    }
    schema.putArray("type").add("string").add("number").add("boolean");
    return schema;
  }

  private static ObjectNode orPlaceholder(ObjectNode schema, String type) {
    ArrayNode either = schema.putArray("anyOf");
    either.addObject().put("type", type);
    either.addObject().put("type", "string").put("pattern", PLACEHOLDER);
    return schema;
  }

  private ObjectNode compound(Class<?> type) {
    ObjectNode schema;
    if (open.contains(type)) { // inside itself: it is defined once, and referred to
      recursive.put(type.getSimpleName(), type);
      schema = JSON.createObjectNode().put("$ref", "#/$defs/" + type.getSimpleName());
    } else if (type.isRecord()) {
      open.push(type);
      schema = record(type, Optional.empty());
      open.pop();
    } else {
      schema = JSON.createObjectNode();
      ArrayNode any = schema.putArray("oneOf");
      OptionType.variants(type)
          .forEach((name, variant) -> any.add(record(variant, Optional.of(name))));
    }
    if (OptionType.parser(type) == null) {
      return schema;
    }
    ObjectNode either = JSON.createObjectNode();
    ArrayNode any = either.putArray("anyOf");
    any.add(schema);
    any.addObject().putArray("type").add("string").add("number").add("boolean");
    return either;
  }
}
