package io.modelvane.engine.config;

import io.modelvane.engine.plugin.ComponentKind;
import io.modelvane.engine.plugin.PluginCatalogue;
import io.modelvane.spi.Option;
import io.modelvane.spi.Variant;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the option tables of the documentation between markers {@code <!-- options:sink:influxdb
 * -->} and {@code <!-- /options -->}, from the same records that the configuration is bound to.
 * {@code options:engine} and {@code options:pipeline} stand for the keys at the top and of a
 * pipeline.
 */
public final class OptionTables {
  private static final Pattern BLOCK =
      Pattern.compile(
          "(<!-- options:([a-z_]+)(?::([a-z0-9_-]+))? -->\n).*?(<!-- /options -->)",
          Pattern.DOTALL);

  private final PluginCatalogue catalogue;

  /** Tables of the component types in {@code catalogue}. */
  public OptionTables(PluginCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** The text with every block between markers written anew. */
  public String fill(String markdown) {
    Matcher matcher = BLOCK.matcher(markdown);
    StringBuilder out = new StringBuilder();
    while (matcher.find()) {
      String table = table(matcher.group(2), Optional.ofNullable(matcher.group(3)));
      matcher.appendReplacement(
          out, Matcher.quoteReplacement(matcher.group(1) + "\n" + table + "\n" + matcher.group(4)));
    }
    return matcher.appendTail(out).toString();
  }

  private String table(String kind, Optional<String> type) {
    return switch (kind) {
      case "engine" -> table(EngineOptions.class);
      case "pipeline" -> table(PipelineOptions.class);
      default ->
          table(
              catalogue
                  .find(ComponentKind.valueOf(kind.toUpperCase(Locale.ROOT)), type.orElseThrow())
                  .orElseThrow(() -> new IllegalArgumentException("no " + kind + " " + type))
                  .options());
    };
  }

  private String table(Class<?> record) {
    Map<String, Class<?>> further = new LinkedHashMap<>();
    StringBuilder out = new StringBuilder(rows(record, further));
    List<String> done = new ArrayList<>();
    while (done.size() < further.size()) {
      String title =
          further.keySet().stream().filter(t -> !done.contains(t)).findFirst().orElseThrow();
      done.add(title);
      out.append("\n**").append(title).append("**\n\n");
      out.append(rows(Objects.requireNonNull(further.get(title)), further));
    }
    return out.toString();
  }

  private static String rows(Class<?> record, Map<String, Class<?>> further) {
    StringBuilder out = new StringBuilder("| option | type | default | |\n|---|---|---|---|\n");
    for (RecordComponent component : OptionType.options(record)) {
      Option option = OptionType.option(component);
      String example =
          option.example().isEmpty() ? "" : " Example: `" + cell(option.example()) + "`.";
      out.append(
          "| `%s` | %s | %s | %s%s |\n"
              .formatted(
                  OptionType.name(component),
                  words(component.getGenericType(), component, further),
                  preset(component),
                  cell(option.description()),
                  example));
    }
    return out.toString();
  }

  private static String preset(RecordComponent component) {
    Option option = OptionType.option(component);
    if (OptionType.isRequired(component)) {
      return "required";
    }
    return option.defaultValue().isEmpty() || option.defaultValue().equals("{}")
        ? ""
        : "`" + cell(option.defaultValue()) + "`";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }

  private static String words(Type type, RecordComponent component, Map<String, Class<?>> further) {
    Class<?> raw = OptionType.raw(type);
    if (raw == Optional.class) {
      return words(OptionType.element(type), component, further);
    } else if (raw == List.class) {
      return "list of " + words(OptionType.element(type), component, further);
    } else if (raw == Map.class) {
      return "map of " + words(OptionType.element(type), component, further);
    } else if (raw.isEnum()) {
      List<String> names = new ArrayList<>();
      for (Object constant : raw.getEnumConstants()) {
        names.add("`" + OptionType.constant((Enum<?>) constant) + "`");
      }
      return String.join(", ", names);
    } else if (Scalars.READERS.containsKey(raw)) {
      return scalar(raw);
    } else if (OptionType.isText(raw)) {
      return "text";
    }
    String title = "`" + OptionType.name(component) + "`";
    if (raw.isRecord()) {
      further.putIfAbsent(title, raw);
    } else {
      OptionType.variants(raw)
          .forEach((name, variant) -> further.putIfAbsent(variantTitle(title, variant), variant));
    }
    return OptionType.parser(raw) == null ? "options, see below" : "text, or options, see below";
  }

  private static String variantTitle(String title, Class<?> variant) {
    Variant annotation = variant.getAnnotation(Variant.class);
    return title + " of type `" + annotation.name() + "`: " + annotation.description();
  }

  private static String scalar(Class<?> type) {
    return switch (type.getSimpleName()) {
      case "String" -> "text";
      case "boolean", "Boolean" -> "true or false";
      case "int", "Integer", "long", "Long" -> "whole number";
      case "double", "Double" -> "number";
      case "DataSize" -> "size";
      case "URI" -> "URL";
      case "ZoneId" -> "time zone";
      case "Pattern" -> "regular expression";
      case "SinkRef" -> "name of a sink";
      case "NotifierRef" -> "name of a notifier";
      default -> type.getSimpleName().toLowerCase(Locale.ROOT);
    };
  }
}
