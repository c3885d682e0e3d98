package io.modelvane.alerting.check;

import io.modelvane.alerting.tag.TagPattern;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Level;
import io.modelvane.spi.Option;
import io.modelvane.spi.Problems;
import io.modelvane.spi.Variant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    @Option(description = "Which series.", inline = true) Selection selection,
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
    @Option(description = "When levels count.", inline = true) DampingOptions damping,
    @Option(
            description = "The length of a window. They end at multiples of `every` in UTC.",
            example = "5m",
            min = "1ms",
            max = "31d")
        Duration window,
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
    @Option(description = "How windows are cut.", inline = true) WindowOptions windows,
    @Option(description = "Late calls.", inline = true) AmendOptions amend)
    implements CheckOptions {

  @Override
  public void validate(String path, Problems problems) {
    selection.validate(path, problems);
    validateMatch(path, problems);
    rules().validate(path, problems);
    rules().validateRange(0, 1, path, problems);
    damping.validate(by(), path, problems);
    windows.validate(window, minSamples, path, problems);
    amend.validate(cut(), path, problems);
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
      } else if (by().isEmpty() || by().get().contains(tag)) {
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

  @Override
  public Optional<List<String>> by() {
    return selection.by();
  }

  private LevelOptions rules() {
    return new LevelOptions(levels, recover, damping);
  }

  private Windows cut() {
    return windows.windows(window, minSamples, Aggregate.MEAN);
  }

  @Override
  public Set<Level> reachable() {
    return LevelOptions.reachable(levels, windows.noData());
  }

  @Override
  public Check check(String name) {
    return new RatioCheck(
        name,
        selection,
        new Match(field.map(FieldKey::of), is, tags),
        confidence.map(WilsonScore::of),
        new Frame(
            cut(),
            rules().ladder(windows.fullWindow()),
            windows.absence(window),
            amend.amendFor().toNanos()));
  }
}
