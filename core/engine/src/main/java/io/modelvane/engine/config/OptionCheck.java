package io.modelvane.engine.config;

import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.DataSize;
import io.modelvane.spi.Option;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether the options of a component can be read, before anybody reads them. */
public final class OptionCheck {
  private static final String PAGE = "; docs/writing-a-plugin.md lists what an option can be";

  private final Set<Class<?>> seen = new HashSet<>();

  private OptionCheck() {}

  /** What the author of a factory has to mend, if anything, with the class and its part. */
  public static Optional<String> whyNot(ComponentFactory<?, ?> factory) {
    return new OptionCheck().record(factory.options());
  }

  private Optional<String> record(Class<?> type) {
    if (!type.isRecord()) {
      return Optional.of(type.getName() + " is no record" + PAGE);
    }
    if (!seen.add(type)) {
      return Optional.empty();
    }
    for (RecordComponent part : type.getRecordComponents()) {
      Optional<String> wrong = part(part);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private Optional<String> part(RecordComponent part) {
    String name = part.getDeclaringRecord().getName() + "." + part.getName();
    if (part.getAnnotation(Option.class) == null) {
      return Optional.of(name + " has no @Option" + PAGE);
    }
    if (OptionType.isInline(part)) {
      return record(part.getType());
    }
    Type type = part.getGenericType();
    Optional<String> inside = inside(name, type);
    return inside.isPresent() ? inside : range(name, type, OptionType.option(part));
  }

  private Optional<String> inside(String name, Type type) {
    if (type instanceof Class<?> plain && !OptionType.isContainer(plain)) {
      return value(name, plain);
    }
    if (type instanceof ParameterizedType holder && isOfNames(holder)) {
      return inside(name, OptionType.element(holder));
    }
    return cannot(name, type);
  }

  /** A container; the keys of a map are names. */
  private static boolean isOfNames(ParameterizedType type) {
    Class<?> raw = OptionType.raw(type);
    return OptionType.isContainer(raw)
        && (raw != Map.class || type.getActualTypeArguments()[0] == String.class);
  }

  private Optional<String> value(String name, Class<?> type) {
    if (Scalars.READERS.containsKey(type) || type.isEnum() || OptionType.isText(type)) {
      return Optional.empty();
    } else if (type.isRecord()) {
      return record(type);
    } else if (!type.isSealed() || OptionType.variants(type).isEmpty()) {
      return cannot(name, type);
    }
    for (Class<?> variant : List.copyOf(OptionType.variants(type).values())) {
      Optional<String> wrong = record(variant);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> cannot(String name, Type type) {
    String shown = type instanceof Class<?> plain ? plain.getSimpleName() : type.getTypeName();
    return Optional.of(
        "%s has the type %s, which no option can have%s".formatted(name, shown, PAGE));
  }

  private static Optional<String> range(String name, Type type, Option option) {
    Class<?> plain = OptionType.raw(type);
    Class<?> value = plain == Optional.class ? OptionType.raw(OptionType.element(type)) : plain;
    for (String bound : List.of(option.min(), option.max())) {
      if (!bound.isEmpty() && !isBound(value, bound)) {
        return Optional.of(
            "%s has the bound '%s', which is none for its type %s"
                .formatted(name, bound, value.getSimpleName()));
      }
    }
    return Optional.empty();
  }

  private static boolean isBound(Class<?> type, String bound) {
    try {
      if (type == Duration.class) {
        return !Scalars.duration(bound).isNegative();
      } else if (type == DataSize.class) {
        return DataSize.parse(bound).bytes() >= 0;
      }
      boolean number =
          Number.class.isAssignableFrom(type) || (type.isPrimitive() && type != boolean.class);
      return number && Double.isFinite(Double.parseDouble(bound));
    } catch (IllegalArgumentException none) {
      return false;
    }
  }
}
