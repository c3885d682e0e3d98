package io.modelvane.alerting.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionReaderTest {
  private final ExpressionReader calls = new ExpressionReader(false, true);
  private final ExpressionReader windows = new ExpressionReader(true, false);

  private static Object value(Expression expression, Object... values) throws Exception {
    Map<String, Object> named = new HashMap<>();
    for (int i = 0; i < values.length; i++) {
      named.put(ExpressionNames.name(i), values[i]);
    }
    return expression.value(named);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          a > 0.5 && b <= 3              ~ 0.6  ~ 3  ~ true
          a > 0.5 && b <= 3              ~ 0.6  ~ 4  ~ false
          a > 0.5 || b <= 3              ~ 0.4  ~ 3  ~ true
          !(a > 0.5) && b == 3           ~ 0.4  ~ 3  ~ true
          a / b == 1.5                   ~ 3    ~ 2  ~ true
          a / 2 + b * 10 - 1 == 30.5     ~ 3    ~ 3  ~ true
          (a > b ? a : b) == 7           ~ 7    ~ 3  ~ true
          -a < b                         ~ 7    ~ 3  ~ true
          a in [1, 2, 3] && b != 9       ~ 2    ~ 3  ~ true
          size('abc') == a && b > 0      ~ 3    ~ 3  ~ true
          double('2.5') < a && b > 0     ~ 3    ~ 3  ~ true
          """)
  void expressionHasItsValue(String text, double a, double b, boolean expected) throws Exception {
    assertThat(value(calls.condition(text), a, b)).isEqualTo(expected);
  }

  @Test
  void namesBecomeVariablesOnce() {
    calls.condition("a.b > 1 && text('t') == 'x' && tag('m') == 'y' && field('odd name') > a.b");

    assertThat(calls.variables())
        .extracting(v -> v.kind() + " " + v.of())
        .containsExactly("NUMBER a.b", "TEXT t", "TAG m", "NUMBER odd name");
  }

  @Test
  void aggregatesBecomeVariables() {
    windows.condition("count() > 1 && count(a) > 1 && p95('odd name') > mean(a.b)");

    assertThat(windows.variables())
        .extracting(Variable::toString)
        .containsExactly("count()", "count(a)", "p95(odd name)", "mean(a.b)");
  }

  @Test
  void divisionByZeroHasNoValue() {
    Expression expression = calls.condition("a / b > 1");

    assertThatThrownBy(() -> value(expression, 1.0, 0.0))
        .isInstanceOf(Expression.Failure.class)
        .hasMessage("division by zero in 'a / b > 1'");
  }

  @Test
  void textThatIsNoNumberHasNoValue() {
    Expression expression = calls.condition("double(text('a')) > 1");

    assertThatThrownBy(() -> value(expression, "x"))
        .isInstanceOf(Expression.Failure.class)
        .hasMessage("\"x\" is no number in 'double(text('a')) > 1'");
  }

  @Test
  void valueMayBeUsedByOthersAndNotByItself() {
    calls.value("a / value");
    calls.condition("value > 1");

    assertThat(calls.variables()).extracting(Variable::of).containsExactly("a", "value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          ``                        ~ is empty
          a >                       ~ column 4: it ends in the middle
          a > 1 &&& b > 2           ~ column 9: '&' means nothing here; write == for equal, && for and, || for or, a text in quotes
          a = 1                     ~ column 3: '=' means nothing here; write == for equal, && for and, || for or, a text in quotes
          a > 1 and b > 2           ~ column 7: 'and' does not belong here; is an operator or a bracket missing before it, or too many?
          a > 1)                    ~ column 6: ')' does not belong here; is an operator or a bracket missing before it, or too many?
          a > > 1                   ~ column 5: '>' does not belong here; is an operator or a bracket missing before it, or too many?
          if > 1                    ~ column 1: 'if' is a word of the language; put quotes around it: field('if'), or mean('if')
          a > 99999999999999999999  ~ column 5: the number is too large; write it with a point or an exponent, such as 1e20
          a.matches('x')            ~ column 10: 'matches' does not go with a number and a text
          a > 'x'                   ~ column 3: '>' does not go with a number and a text
          a && b > 1                ~ column 3: '&&' does not go with a number and true or false
          a / 'x' > 1               ~ column 3: '/' does not go with a number and a text
          tag('m') > 1              ~ column 10: '>' does not go with a text and a number
          a > 1 ? 1 : 2             ~ must be true or false, such as a > 1; this is a number
          teg('m') == 'x'           ~ column 1: there is no function 'teg'; did you mean 'tag'?
          tag(m, n) == 'x'          ~ column 1: tag() takes one name, such as tag(a)
          a % 2 == 0                ~ column 3: there is no operator '%'
          a > 1 && text('t').matches('[a-')    ~ column 28: '[a-' is no regular expression: missing closing ]: `[a-`
          matches(tag('m'), '(') || a > 1      ~ column 19: '(' is no regular expression: missing closing ): `(`
          [1, 2].all(x, x > a)      ~ column 8: there is no function 'all'; known: contains, double, endsWith, field, matches, size, startsWith, tag, text
          [1, 2][0] > a             ~ column 7: there is no operator '[]'
          {'a': 1} == a             ~ column 1: only numbers, texts and lists of them are known here
          field('time') > 1         ~ column 1: 'time' cannot be the name of a field
          tag('m').x > 1            ~ column 9: only fields have names
          """)
  void wrongExpressionIsRefusedWithItsPlace(String text, String problem) {
    assertThatThrownBy(() -> calls.condition(text == null ? "" : text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(problem);
  }

  @Test
  void placeInALongExpressionNamesTheLine() {
    assertThatThrownBy(() -> calls.condition("a > 1\n  && avg(b) > 2"))
        .hasMessageStartingWith("line 2, column 6: there is no function 'avg'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          text('a') == 'x'      ~ column 1: text() is of a single call; leave 'window' out to judge calls one by one
          mean() > 1            ~ column 1: mean() takes one name, such as mean(a)
          maen(a) > 1           ~ column 1: there is no function 'maen'; did you mean 'mean'?
          """)
  void wrongExpressionOverWindowsIsRefused(String text, String problem) {
    assertThatThrownBy(() -> windows.condition(text)).hasMessage(problem);
  }

  @Test
  void expressionThatIsTooLongIsRefused() {
    String text = "a > 1" + " && a > 1".repeat(200);

    assertThatThrownBy(() -> calls.condition(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("is longer than 1000 characters; make several checks of it");
  }

  @Test
  void expressionThatIsTooDeepIsRefused() {
    String text = "(".repeat(450) + "a > 1" + ")".repeat(450);

    assertThatThrownBy(() -> calls.condition(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "column 1: it is nested too deep; take brackets away, or make several checks of it");
  }
}
