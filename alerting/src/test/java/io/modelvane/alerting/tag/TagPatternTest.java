package io.modelvane.alerting.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.spi.Series;
import io.modelvane.spi.Tag;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagPatternTest {
  private static final Series SERIES =
      Series.of("ml", List.of(new Tag("model", "credit card"), new Tag("op", "=~x")));

  @ParameterizedTest
  @CsvSource({
    "model, credit card, true",
    "model, credit, false",
    "model, = credit card, true",
    "model, =credit card, true",
    "model, != credit card, false",
    "model, != other, true",
    "model, =~ credit.*, true",
    "model, =~ credit, false",
    "model, =~ debit|credit card, true",
    "model, !~ credit.*, false",
    "model, !~ credit, true",
    "model, CREDIT CARD, false",
    "model, '', false",
    "team, '', true",
    "team, !=, false",
    "team, != risk, true",
    "team, risk, false",
    "team, =~ .*, true",
    "team, =~ .+, false",
    "op, = =~x, true",
    "model, cr.dit card, false",
  })
  void aTagIsHeldAgainstItsCondition(String tag, String condition, boolean fits) {
    Map<String, TagPattern> demands = Map.of(tag, TagPattern.parse(condition));
    assertThat(TagPattern.allMet(demands, SERIES)).isEqualTo(fits);
  }

  @Test
  void everyDemandHasToBeMet() {
    TagPattern credit = TagPattern.parse("=~ credit.*");
    assertThat(TagPattern.allMet(Map.of(), SERIES)).isTrue();
    assertThat(TagPattern.allMet(Map.of("model", credit, "op", credit), SERIES)).isFalse();
  }

  @Test
  void anInvalidRegularExpressionIsExplained() {
    assertThatThrownBy(() -> TagPattern.parse("=~ credit(card"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'credit(card' is not a regular expression: missing closing )");
    assertThatThrownBy(() -> TagPattern.parse("!~"))
        .hasMessage("a regular expression must follow the operator");
  }

  @Test
  void aValueCannotKeepAnExpressionBusy() {
    TagPattern costly = TagPattern.parse("=~ (.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)Z");

    assertThat(costly.test("a".repeat(2_000))).isFalse(); // a matcher that goes back takes years
  }

  @Test
  void whatWouldFillTheMemoryIsRefused() {
    assertThatThrownBy(() -> TagPattern.parse("=~ ((a{1000}){1000}){1000}"))
        .hasMessage("the repetitions of the regular expression are too many");
    assertThatThrownBy(() -> TagPattern.parse("=~ ((a{1000,}){2,1000}){1000}"))
        .hasMessage("the repetitions of the regular expression are too many");
    assertThatThrownBy(() -> TagPattern.parse("a".repeat(1_001)))
        .hasMessage("is longer than 1000 characters");
    assertThat(TagPattern.parse("=~ [0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}").text())
        .isNotEmpty();
  }
}
