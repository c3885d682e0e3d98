package io.modelvane.alerting.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "> 0.7",
        ">= 1",
        "< -3",
        "<= 0.001",
        "== 5",
        "!= 1000000",
        "inside 0.2..0.8",
        "outside -1..1"
      })
  void writesWhatItReads(String text) {
    Condition condition = Condition.parse(text);

    assertThat(condition).hasToString(text);
    assertThat(Condition.parse(condition.toString())).isEqualTo(condition);
  }

  @Test
  void spacesDoNotMatterWhereTheyCannotConfuse() {
    assertThat(Condition.parse("  >0.70 ")).isEqualTo(Condition.parse("> 0.7"));
    assertThat(Condition.parse("inside 1 .. 2")).isEqualTo(Condition.parse("inside 1..2"));
    assertThat(Condition.parse("outside  -.5..+5.")).isEqualTo(Condition.parse("outside -0.5..5"));
  }

  @Test
  void nothingHoldsForNaN() {
    for (Condition.Operator operator : Condition.Operator.values()) {
      assertThat(new Condition(operator, 1, 2).test(Double.NaN)).as(operator.name()).isFalse();
    }
  }

  @Test
  void meetingAndCoveringAreWhatTheyAreForEachNumber() {
    Random random = new Random(7);
    List<Double> numbers =
        List.of(-9d, -2d, -1.5, -1d, -.5, 0d, .5, 1d, 1.5, 2d, 2.5, 3d, 3.5, 4d, 9d);
    for (int i = 0; i < 20_000; i++) {
      Condition a = condition(random);
      Condition b = condition(random);
      boolean meets = numbers.stream().anyMatch(v -> a.test(v) && b.test(v));
      boolean covers = numbers.stream().allMatch(v -> a.test(v) || !b.test(v));

      assertThat(a.meets(b)).as("%s meets %s", a, b).isEqualTo(meets);
      assertThat(a.covers(b)).as("%s covers %s", a, b).isEqualTo(covers);
    }
  }

  /**
   * With whole numbers from -2 to 4 as ends, so that numbers at, between and beyond them tell all
   * there is.
   */
  private static Condition condition(Random random) {
    Condition.Operator[] operators = Condition.Operator.values();
    Condition.Operator operator = operators[random.nextInt(operators.length)];
    double low = random.nextInt(5) - 2;
    boolean range = operator == Condition.Operator.INSIDE || operator == Condition.Operator.OUTSIDE;
    return new Condition(operator, low, range ? low + random.nextInt(3) : low);
  }
}
