package io.modelvane.engine.config;

import io.modelvane.spi.Option;
import io.modelvane.spi.Variant;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the binder, the schema and the option tables all ask of an option's Java type. */
final class OptionType {
  private OptionType() {}

  static Class<?> raw(Type type) {
    if (type instanceof ParameterizedType parameterized) {
      return (Class<?>) parameterized.getRawType();
    }
    return (Class<?>) type;
  }

  /** The last type argument: what an Optional, a List or a Map holds. */
  static Type element(Type type) {
    Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
    return arguments[arguments.length - 1];
  }

  static boolean isContainer(Class<?> type) {
    return type == Optional.class || type == List.class || type == Map.class;
  }

  /** The public static {@code parse(String)} of a type, if it has one. */
  static @Nullable Method parser(Class<?> type) {
    try {
      Method method = type.getMethod("parse", String.class);
      return Modifier.isStatic(method.getModifiers())
              && type.isAssignableFrom(method.getReturnType())
          ? method
          : null;
    } catch (NoSuchMethodException none) {
      return null;
    }
  }

  /** Whether a type is written as plain text only: it has a parser, and no options of its own. */
  static boolean isText(Class<?> type) {
    return parser(type) != null
        && !type.isSealed()
        && (!type.isRecord()
            || Arrays.stream(type.getRecordComponents())
                .allMatch(component -> component.getAnnotation(Option.class) == null));
  }

  /** The records of a sealed interface by the name after {@code type:}. */
  static Map<String, Class<?>> variants(Class<?> sealed) {
    Map<String, Class<?>> variants = new LinkedHashMap<>();
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      Variant variant = permitted.getAnnotation(Variant.class);
      if (variant != null) {
        variants.put(variant.name(), permitted);
      }
    }
    return variants;
  }

  /** The options of a record, those of the records in it that stand inline among them. */
  static List<RecordComponent> options(Class<?> record) {
    List<RecordComponent> options = new ArrayList<>();
    for (RecordComponent component : record.getRecordComponents()) {
      if (component.getAnnotation(Option.class) == null) {
        throw new IllegalStateException(
            record.getName() + "." + component.getName() + " needs @Option");
      } else if (isInline(component)) {
        options.addAll(options(component.getType()));
      } else {
        options.add(component);
      }
    }
    return options;
  }

  static boolean isInline(RecordComponent component) {
    return option(component).inline();
  }

  static Option option(RecordComponent component) {
    return component.getAnnotation(Option.class);
  }

  static boolean isRequired(RecordComponent component) {
    return option(component).defaultValue().isEmpty() && !isContainer(component.getType());
  }

  /** {@code stopWithin} is written {@code stop_within}, and {@code notify_} is {@code notify}. */
  static String name(RecordComponent component) {
    return snake(component.getName().replaceFirst("_$", ""));
  }

  static String snake(String camel) {
    return camel.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  static String constant(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
