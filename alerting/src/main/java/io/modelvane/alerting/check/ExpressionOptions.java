package io.modelvane.alerting.check;

import io.modelvane.spi.Level;
import io.modelvane.spi.Option;
import io.modelvane.spi.Problems;
import io.modelvane.spi.Variant;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Options of {@code type: expression}. */
@Variant(
    name = "expression",
    description = "Judges calls or windows by expressions over several fields or aggregates.")
public record ExpressionOptions(
    @Option(
            description =
                "When `crit`, `warn` and `info` are reached: expressions that are true or false."
                    + " Without `window`, a name is a field of the call; with it, aggregates are"
                    + " named: `mean(risk_score)`. The worst that holds counts.",
            example = "{ crit: \"mean(error) > 0.05 && p95(duration_milliseconds) > 300\" }")
        Map<String, String> levels,
    @Option(
            description =
                "When a level is left again, per level; until then it lasts. Left as soon as its"
                    + " expression does not hold when not given.",
            example = "{ crit: \"mean(error) < 0.03\" }")
        Map<String, String> recover,
    @Option(
            description =
                "A number to show and to record, which the other expressions know as `value`.",
            example = "sum(error) / count()")
        Optional<String> value,
    @Option(
            description =
                "What becomes of the level when an expression has no value, as after a division by"
                    + " zero: `keep`, `ok`, which ends an incident, `unknown`, `info`, `warn` or"
                    + " `crit`.",
            defaultValue = "keep")
        Fallback onError,
    @Option(description = "Which series.", inline = true) Selection selection,
    @Option(
            description =
                "Judge windows of so long instead of single calls. They end at multiples of"
                    + " `every` in UTC.",
            example = "5m",
            min = "1ms",
            max = "31d")
        Optional<Duration> window,
    @Option(
            description =
                "A window with fewer calls that have one of the fields says nothing. With 0, a"
                    + " window without any is judged too; for `count`, `rate`, `sum` and"
                    + " `distinct` only.",
            defaultValue = "1",
            min = "0",
            max = "1000000000")
        int minSamples,
    @Option(description = "When levels count.", inline = true) DampingOptions damping,
    @Option(description = "How windows are cut.", inline = true) WindowOptions windows,
    @Option(description = "Late calls.", inline = true) AmendOptions amend,
    @Option(description = "Single calls.", inline = true) CallOptions calls)
    implements CheckOptions {

  @Override
  public void validate(String path, Problems problems) {
    selection.validate(path, problems);
    damping.validate(by(), path, problems);
    calls.validate(damping, window.isPresent(), path, problems);
    LevelOptions.validateNames(levels, recover, path, problems);
    if (levels.isEmpty()) {
      problems.add(path + ".levels", "is required, for example { crit: \"a / b > 0.7\" }");
    }
    List<Variable> variables = validateExpressions(path, problems);
    if (window.isPresent()) {
      windows.validate(window.get(), minSamples, path, problems);
      amend.validate(cut(window.get()), path, problems);
      validateSamples(variables, path, problems);
    } else {
      windows.validateCalls(minSamples, amend, path, problems);
    }
  }

  private List<Variable> validateExpressions(String path, Problems problems) {
    ExpressionReader reader = reader();
    value.ifPresent(text -> attempt(reader::value, text, path + ".value", problems));
    levels.forEach(
        (level, text) -> attempt(reader::condition, text, path + ".levels." + level, problems));
    recover.forEach(
        (level, text) -> attempt(reader::condition, text, path + ".recover." + level, problems));
    return reader.variables();
  }

  private static void attempt(
      Consumer<String> reader, String text, String path, Problems problems) {
    try {
      reader.accept(text);
    } catch (IllegalArgumentException refused) {
      problems.add(path, String.valueOf(refused.getMessage()));
    }
  }

  private void validateSamples(List<Variable> variables, String path, Problems problems) {
    boolean knowsNothing =
        variables.stream().flatMap(v -> v.aggregate().stream()).allMatch(Aggregate::knowsNothing);
    if (minSamples == 0 && !knowsNothing) {
      problems.add(path + ".min_samples", "can be 0 for count, rate, sum and distinct only");
    }
  }

  @Override
  public Optional<List<String>> by() {
    return selection.by();
  }

  private ExpressionReader reader() {
    return new ExpressionReader(window.isPresent(), value.isPresent());
  }

  private Windows cut(Duration length) {
    return windows.windows(length, minSamples, Aggregate.MEAN);
  }

  private Formula formula() {
    ExpressionReader reader = reader();
    Optional<Expression> shown = value.map(reader::value);
    Map<String, Expression> reached = read(levels, reader);
    Map<String, Expression> left = read(recover, reader);
    return new Formula(
        reader.variables(), shown, LevelOptions.byLevel(reached), LevelOptions.byLevel(left));
  }

  private static Map<String, Expression> read(Map<String, String> texts, ExpressionReader reader) {
    Map<String, Expression> read = new LinkedHashMap<>();
    texts.forEach((level, text) -> read.put(level, reader.condition(text)));
    return read;
  }

  @Override
  public Set<Level> reachable() {
    return LevelOptions.reachable(levels, windows.noData(), onError);
  }

  @Override
  public Check check(String name) {
    Formula formula = formula();
    boolean full = window.isPresent() && windows.fullWindow();
    Ladder ladder = formula.ladder(damping.damping(full));
    Optional<Frame> frame =
        window.map(
            length ->
                new Frame(
                    cut(length), ladder, windows.absence(length), amend.amendFor().toNanos()));
    return new ExpressionCheck(
        name,
        selection,
        formula,
        new Judgement(ladder, frame, Optional.empty(), calls.nanos()),
        onError);
  }
}
