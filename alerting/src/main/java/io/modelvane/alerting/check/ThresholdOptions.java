package io.modelvane.alerting.check;

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
    @Option(description = "Which series.", inline = true) Selection selection,
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
    @Option(description = "When levels count.", inline = true) DampingOptions damping,
    @Option(
            description =
                "Judge windows of so long instead of single calls. They end at multiples of"
                    + " `every` in UTC.",
            example = "5m",
            min = "1ms",
            max = "31d")
        Optional<Duration> window,
    @Option(description = "What a window's values are made into; `mean` when not given.")
        Optional<Aggregate> aggregate,
    @Option(
            description =
                "Instead of an aggregate: a level is reached when so many single values of the"
                    + " window reach it: `any`, `all` or a number. With `recover`, it is left when"
                    + " all values mean recovery.",
            example = "3")
        Optional<Quorum> atLeast,
    @Option(
            description =
                "A window with fewer values says nothing. With 0, a window without any is judged"
                    + " too, by its count, rate, sum or number of distinct values of 0.",
            defaultValue = "1",
            min = "0",
            max = "1000000000")
        int minSamples,
    @Option(description = "How windows are cut.", inline = true) WindowOptions windows,
    @Option(description = "Late calls.", inline = true) AmendOptions amend,
    @Option(description = "Single calls.", inline = true) CallOptions calls)
    implements CheckOptions {

  @Override
  public void validate(String path, Problems problems) {
    selection.validate(path, problems);
    validateField(path, problems);
    rules().validate(path, problems);
    damping.validate(selection.by(), path, problems);
    calls.validate(damping, window.isPresent(), path, problems);
    if (window.isPresent()) {
      validateWindows(window.get(), path, problems);
    } else {
      validateCalls(path, problems);
    }
  }

  private void validateField(String path, Problems problems) {
    if (field.isPresent()) {
      FieldNames.validate(field.get(), path + ".field", problems);
    } else if (atLeast.isPresent() || aggregate.isEmpty() || !aggregate.get().countsRows()) {
      problems.add(path + ".field", "is required, unless calls are counted by aggregate: count");
    }
  }

  private void validateWindows(Duration length, String path, Problems problems) {
    windows.validate(length, minSamples, path, problems);
    amend.validate(cut(length), path, problems);
    if (minSamples == 0
        && (atLeast.isPresent() || !aggregate.map(Aggregate::knowsNothing).orElse(false))) {
      problems.add(
          path + ".min_samples", "can be 0 for aggregate: count, rate, sum and distinct only");
    }
    if (aggregate.equals(Optional.of(Aggregate.DISTINCT))) {
      rules().validateRange(0, Distinct.MOST, path, problems);
    }
    if (atLeast.isPresent() && aggregate.isPresent()) {
      problems.add(path + ".at_least", "counts the values themselves; leave 'aggregate' out");
    }
  }

  private void validateCalls(String path, Problems problems) {
    windows.validateCalls(minSamples, amend, path, problems);
    aggregate.ifPresent(given -> WindowOptions.needsWindow(path + ".aggregate", problems));
    atLeast.ifPresent(given -> WindowOptions.needsWindow(path + ".at_least", problems));
  }

  @Override
  public Optional<List<String>> by() {
    return selection.by();
  }

  private LevelOptions rules() {
    return new LevelOptions(levels, recover, damping);
  }

  private Windows cut(Duration length) {
    return windows.windows(length, minSamples, aggregate.orElse(Aggregate.MEAN));
  }

  private Optional<Quorums> quorums() {
    return atLeast.map(
        least -> new Quorums(least, LevelOptions.byLevel(levels), LevelOptions.byLevel(recover)));
  }

  private Ladder ladder() {
    boolean full = window.isPresent() && windows.fullWindow();
    return quorums()
        .map(quorums -> quorums.ladder(damping.damping(full)))
        .orElseGet(() -> rules().ladder(full));
  }

  private Frame frame(Duration length, Ladder ladder) {
    return new Frame(cut(length), ladder, windows.absence(length), amend.amendFor().toNanos());
  }

  @Override
  public Set<Level> reachable() {
    return LevelOptions.reachable(levels, windows.noData());
  }

  @Override
  public Check check(String name) {
    Ladder ladder = ladder();
    Optional<Frame> frame = window.map(length -> frame(length, ladder));
    return new ThresholdCheck(
        name,
        selection,
        field.map(FieldKey::of).map(FieldMeasure::new),
        new Judgement(ladder, frame, quorums(), calls.nanos()));
  }
}
