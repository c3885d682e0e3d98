package io.modelvane.engine.config;

import io.modelvane.spi.Option;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Values for options that do not bind, so that the others of their component can be checked: one
 * round after the other takes another value of each. What is a problem in every round does not come
 * from the values.
 */
final class StandIns {
  /** Nothing stands in for anything. */
  static final StandIns NONE = new StandIns(-1);

  private final int round;
  private final Set<String> paths = new HashSet<>();
  private int rounds = 1;

  StandIns(int round) {
    this.round = round;
  }

  /** How many rounds there are, as far as is known from this one. */
  int rounds() {
    return rounds;
  }

  /** Whether a problem at a path may come from a stand-in, at it, above it or below it. */
  boolean touch(String path) {
    return paths.stream().anyMatch(own -> isWithin(own, path) || isWithin(path, own));
  }

  private static boolean isWithin(String path, String outer) {
    return path.startsWith(outer)
        && (path.length() == outer.length() || ".[".indexOf(path.charAt(outer.length())) >= 0);
  }

  /** The stand-in of this round; null when there is none for such an option. */
  @Nullable Object of(RecordComponent component, @Nullable Node given, String path) {
    if (round < 0) {
      return null;
    }
    boolean optional = component.getType() == Optional.class;
    Type type =
        optional ? OptionType.element(component.getGenericType()) : component.getGenericType();
    List<Object> values = new ArrayList<>();
    for (Object value : values(OptionType.raw(type), OptionType.option(component), given)) {
      values.add(optional ? Optional.of(value) : value);
    }
    if (optional) {
      values.add(Optional.empty());
    }
    paths.add(path);
    rounds = Math.max(rounds, values.size());
    return values.isEmpty() ? null : values.get(round % values.size());
  }

  private static List<Object> values(Class<?> type, Option option, @Nullable Node given) {
    if (type.isEnum()) {
      return List.of(type.getEnumConstants());
    } else if (type == boolean.class || type == Boolean.class) {
      return List.of(true, false);
    }
    List<Object> values = new ArrayList<>();
    if (given instanceof ScalarNode written && !Binder.isNull(written)) {
      read(type, written.getValue()).ifPresent(values::add); // a variable that is not set
    }
    for (String text :
        List.of(option.defaultValue(), option.example(), option.min(), option.max())) {
      if (!text.isEmpty()) {
        read(type, text).ifPresent(values::add);
      }
    }
    return values;
  }

  private static Optional<Object> read(Class<?> type, String text) {
    Function<String, Object> reader = Scalars.READERS.get(type);
    Method parser = OptionType.parser(type);
    try {
      if (reader != null) {
        return Optional.of(reader.apply(text));
      }
      return parser == null ? Optional.empty() : Optional.of(Binder.parse(parser, text));
    } catch (IllegalArgumentException | ArithmeticException none) {
      return Optional.empty();
    }
  }
}
