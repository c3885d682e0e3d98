package io.modelvane.alerting.check;

import io.modelvane.spi.Level;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The expressions of a check. Immutable; shared by its evaluators.
 *
 * @param variables what they name
 * @param value the number to show, if one is given
 * @param levels what reaches a level
 * @param recover what ends it
 */
record Formula(
    List<Variable> variables,
    Optional<Expression> value,
    Map<Level, Expression> levels,
    Map<Level, Expression> recover) {
  private static final int LEFT = 8; // above the severities

  /**
   * What holds of some values.
   *
   * @param values by the names of variables in programs; the value is put there as well
   * @throws Expression.Failure when an expression has no value
   */
  Estimate evaluate(Map<String, Object> values) throws Expression.Failure {
    double number = Double.NaN;
    if (value.isPresent()) {
      number = (Double) value.get().value(values);
      if (!Double.isFinite(number)) {
        throw new Expression.Failure(
            "'%s' is %s".formatted(value.get().text(), number), new ArithmeticException());
      }
      values.put(ExpressionNames.VALUE, number);
    }
    long holds = 0;
    for (Map.Entry<Level, Expression> level : levels.entrySet()) {
      holds |= bit(level.getValue(), values, level.getKey().severity());
    }
    for (Map.Entry<Level, Expression> level : recover.entrySet()) {
      holds |= bit(level.getValue(), values, level.getKey().severity() + LEFT);
    }
    return Estimate.of(number, holds);
  }

  private static long bit(Expression expression, Map<String, Object> values, int bit)
      throws Expression.Failure {
    return (Boolean) expression.value(values) ? 1L << bit : 0;
  }

  Ladder ladder(Damping damping) {
    Map<Level, Answer> up = new EnumMap<>(Level.class);
    levels.forEach((level, e) -> up.put(level, Answer.latest(level.severity(), e.text())));
    Map<Level, Answer> down = new EnumMap<>(Level.class);
    recover.forEach(
        (level, e) -> down.put(level, Answer.latest(level.severity() + LEFT, e.text())));
    return new Ladder(up, down, damping);
  }

  /** The same text for the same formula. */
  String definition() {
    return "value=%s levels=%s recover=%s"
        .formatted(value.map(Expression::text).orElse("-"), texts(levels), texts(recover));
  }

  private static Map<Level, String> texts(Map<Level, Expression> expressions) {
    Map<Level, String> texts = new TreeMap<>();
    expressions.forEach((level, expression) -> texts.put(level, expression.text()));
    return texts;
  }
}
