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

/** Options of {@code type: ratio}. */
@Variant(
    name = "ratio",
    description = "Compares the share of calls that match, of all calls in a window.")
public record RatioOptions(
    @Option(
            description =
                "The field that tells whether a call counts. A call without it does not match, but"
                    + " is one of all.",
            example = "error")
        Optional<String> field,
    @Option(
            description =
                "What the field has to be for a call to match, as in `levels`; true is 1.",
            example = "\">= 500\"")
        Optional<Condition> is,
    @Option(
            description =
                "Tags that a call has to have to match, as in `where`. Needs `by`: within one"
                    + " series a tag has one value.",
            example = "{ outcome: \"=~ error.*\" }")
        Map<String, TagPattern> tags,
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
                "When `crit`, `warn` and `info` are reached by the ratio, a number from 0 to 1: `>"
                    + " 0.05`, `>=`, `<`, `<=`, `==`, `!=`, `inside`, `outside`. The worst that"
                    + " holds counts.",
            example = "{ crit: \"> 0.05\", warn: \"> 0.01\" }")
        Map<String, Condition> levels,
    @Option(
            description =
                "When a level is left again, per level; until then it lasts. Left as soon as its"
                    + " condition does not hold when not given.",
            example = "{ crit: \"< 0.65\" }")
        Map<String, Condition> recover,
    @Option(
            description =
                "A level counts once it has been reached, or passed, by every window for so long.",
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
                "A level counts once so many of the last windows have reached or passed"
                    + " it, and lasts as long as they are so many. Up to 100.",
            example = "3 of 5")
        Optional<Requirement> require,
    @Option(
            description = "The length of a window. They end at multiples of `every` in UTC.",
            example = "5m",
            min = "1ms",
            max = "31d")
        Duration window,
    @Option(
            description = "Time between windows; `window` itself when not given.",
            example = "1m",
            min = "1ms")
        Optional<Duration> every,
    @Option(
            description = "A window with fewer calls says nothing.",
            defaultValue = "1",
            min = "1",
            max = "1000000000")
        int minSamples,
    @Option(
            description =
                "Count a level only when it is so sure that the ratio, were there more calls, would"
                    + " reach it: 0.95 for 95 %. The ratio itself decides when not given.",
            example = "0.95",
            min = "0.5",
            max = "0.999999")
        Optional<Double> confidence,
    @Option(
            description = "How long after its end a window waits for late rows.",
            defaultValue = "2s",
            max = "31d")
        Duration lateness,
    @Option(
            description =
                "What becomes of the level when no window has had enough calls for"
                    + " `no_data_after`: `keep`, `ok`, which ends an incident, `unknown`, `info`,"
                    + " `warn` or `crit`.",
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
    validateMatch(path, problems);
    rules().validate(path, problems);
    rules().validateRange(0, 1, path, problems);
    windows().validate(path, problems);
    if (confidence.isPresent()) {
      levels.forEach((name, level) -> validateSure(level, path + ".levels." + name, problems));
    }
  }

  private void validateMatch(String path, Problems problems) {
    field.ifPresent(name -> FieldNames.validate(name, path + ".field", problems));
    if (field.isPresent() && is.isEmpty()) {
      problems.add(path + ".is", "is required with 'field', for example \"> 0\"");
    } else if (field.isEmpty() && is.isPresent()) {
      problems.add(path + ".field", "is required with 'is'");
    } else if (field.isEmpty() && tags.isEmpty()) {
      problems.add(path, "says not what matches; give 'field' and 'is', or 'tags'");
    }
    for (String tag : tags.keySet()) {
      if (tag.isEmpty()) {
        problems.add(path + ".tags", "has a tag without a name");
      } else if (by.isEmpty() || by.get().contains(tag)) {
        problems.add(
            path + ".tags." + tag,
            "needs a 'by' without it: where it tells series apart, it has one value in each");
      }
    }
  }

  private static void validateSure(Condition level, String path, Problems problems) {
    if (level.operator() == Condition.Operator.EQUAL) {
      problems.add(path, "is never sure: with 'confidence', take inside and two ends");
    }
  }

  private Selection selection() {
    return new Selection(measurement, where, by);
  }

  private LevelOptions rules() {
    return new LevelOptions(levels, recover, for_, keepFiringFor, require);
  }

  private WindowOptions windows() {
    return new WindowOptions(window, every, lateness, minSamples, noData, noDataAfter);
  }

  @Override
  public Check check(String name) {
    return new RatioCheck(
        name,
        selection(),
        new Match(field.map(FieldKey::of), is, tags),
        confidence.map(WilsonScore::of),
        windows().frame(Aggregate.MEAN, rules().ladder()));
  }
}
