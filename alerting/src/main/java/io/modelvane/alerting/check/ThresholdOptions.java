package io.modelvane.alerting.check;

import io.modelvane.alerting.tag.TagPattern;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Option;
import io.modelvane.spi.Problems;
import io.modelvane.spi.Variant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options of {@code type: threshold}. */
@Variant(
    name = "threshold",
    description = "Compares a field, call by call or over windows of time, with a value per level.")
public record ThresholdOptions(
    @Option(
            description =
                "The field to look at. Not needed for `aggregate: count` and `rate`, which then"
                    + " count calls.",
            example = "risk_score")
        Optional<String> field,
    @Option(description = "Look at this measurement only.") Optional<String> measurement,
    @Option(
            description =
                "Look at series with these tags only: a value, or `= value`, `!= value`, `=~"
                    + " regex`, `!~ regex`. A tag that is missing counts as empty.",
            example = "{ algorithm_name: credit_card_approval }")
        Map<String, TagPattern> where,
    @Option(
            description =
                "Take all series that agree in these tags as one; `[]` takes all as one. Each"
                    + " series by itself when not given.",
            example = "[algorithm_name]")
        Optional<List<String>> by,
    @Option(
            description =
                "When `crit`, `warn` and `info` are reached: `> 0.7`, `>=`, `<`, `<=`, `==`,"
                    + " `!=`, `inside 0.2..0.8` (both ends included), `outside 0.2..0.8` (neither"
                    + " end). The worst that holds counts.",
            example = "{ crit: \"> 0.70\", warn: \"> 0.50\" }")
        Map<String, Condition> levels,
    @Option(
            description =
                "When a level is left again, per level; until then it lasts. Left as soon as its"
                    + " condition does not hold when not given.",
            example = "{ crit: \"< 0.65\" }")
        Map<String, Condition> recover,
    @Option(
            description =
                "A level counts once it has been reached, or passed, by every value for so long.",
            defaultValue = "0s")
        Duration for_,
    @Option(
            description =
                "A level is kept for so long after the last bad value, so that a value that"
                    + " flaps makes one incident.",
            defaultValue = "0s",
            max = "31d")
        Duration keepFiringFor,
    @Option(
            description =
                "A level counts once so many of the last calls, or windows, have reached or passed"
                    + " it, and lasts as long as they are so many. Up to 100.",
            example = "3 of 5")
        Optional<Requirement> require,
    @Option(
            description =
                "Judge windows of so long instead of single calls. They end at multiples of"
                    + " `every` in UTC.",
            example = "5m",
            min = "1ms",
            max = "31d")
        Optional<Duration> window,
    @Option(
            description = "Time between windows; `window` itself when not given.",
            example = "1m",
            min = "1ms")
        Optional<Duration> every,
    @Option(description = "What a window's values are made into; `mean` when not given.")
        Optional<Aggregate> aggregate,
    @Option(
            description =
                "A window with fewer values says nothing. With 0, a window without any is judged"
                    + " too, by its count, rate, sum or number of distinct values of 0.",
            defaultValue = "1",
            min = "0",
            max = "1000000000")
        int minSamples,
    @Option(
            description = "How long after its end a window waits for late rows.",
            defaultValue = "2s",
            max = "31d")
        Duration lateness,
    @Option(
            description =
                "What becomes of the level when no window has had enough values for"
                    + " `no_data_after`: `keep`, `ok`, which ends an incident, `unknown`, `info`,"
                    + " `warn` or `crit`. Windows only.",
            defaultValue = "keep")
        NoData noData,
    @Option(
            description =
                "How long after the end of the last window that said something; twice the"
                    + " `window` when not given.",
            example = "15m",
            max = "31d")
        Optional<Duration> noDataAfter)
    implements CheckOptions {

  @Override
  public void validate(String path, Problems problems) {
    selection().validate(path, problems);
    validateField(path, problems);
    rules().validate(path, problems);
    if (window.isPresent()) {
      windows(window.get()).validate(path, problems);
      validateAggregate(path, problems);
    } else {
      validateCalls(path, problems);
    }
  }

  private void validateField(String path, Problems problems) {
    if (field.isPresent()) {
      FieldNames.validate(field.get(), path + ".field", problems);
    } else if (aggregate.isEmpty() || !aggregate.get().countsRows()) {
      problems.add(path + ".field", "is required, unless calls are counted by aggregate: count");
    }
  }

  private void validateAggregate(String path, Problems problems) {
    if (minSamples == 0 && !aggregate.map(Aggregate::knowsNothing).orElse(false)) {
      problems.add(
          path + ".min_samples", "can be 0 for aggregate: count, rate, sum and distinct only");
    }
    if (aggregate.equals(Optional.of(Aggregate.DISTINCT))) {
      rules().validateRange(0, Distinct.MOST, path, problems);
    }
  }

  private void validateCalls(String path, Problems problems) {
    every.ifPresent(given -> needsWindow(path + ".every", problems));
    aggregate.ifPresent(given -> needsWindow(path + ".aggregate", problems));
    if (minSamples != 1) {
      needsWindow(path + ".min_samples", problems);
    }
    if (noData != NoData.KEEP) {
      needsWindow(path + ".no_data", problems);
    } else if (noDataAfter.isPresent()) {
      needsWindow(path + ".no_data_after", problems);
    }
  }

  private static void needsWindow(String path, Problems problems) {
    problems.add(path, "needs a 'window'; calls are judged one by one");
  }

  Selection selection() {
    return new Selection(measurement, where, by);
  }

  private LevelOptions rules() {
    return new LevelOptions(levels, recover, for_, keepFiringFor, require);
  }

  private WindowOptions windows(Duration length) {
    return new WindowOptions(length, every, lateness, minSamples, noData, noDataAfter);
  }

  @Override
  public Check check(String name) {
    Ladder ladder = rules().ladder();
    Aggregate kind = aggregate.orElse(Aggregate.MEAN);
    return new ThresholdCheck(
        name,
        selection(),
        field.map(FieldKey::of),
        ladder,
        window.map(length -> windows(length).frame(kind, ladder)));
  }
}
