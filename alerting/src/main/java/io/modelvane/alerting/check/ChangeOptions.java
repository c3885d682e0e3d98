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

/** Options of {@code type: change}. */
@Variant(
    name = "change",
    description = "Compares a window with an earlier one: by how much it is more or less.")
public record ChangeOptions(
    @Option(
            description =
                "The field to look at. Not needed for `aggregate: count` and `rate`, which then"
                    + " count calls.",
            example = "latency")
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
                "What to compare a window with: `previous`, the window that ends where it begins, or"
                    + " the one so long before: `1h`, `1d`, `7d`. At most 2016 windows before.",
            defaultValue = "previous")
        Against against,
    @Option(
            description = "`percent` of the value before, or `absolute`: the difference itself.",
            defaultValue = "percent")
        ChangeUnit unit,
    @Option(
            description =
                "When `crit`, `warn` and `info` are reached by the change, which is below zero for"
                    + " less: `< -50`, `> 100`, `outside -50..100`. The worst that holds counts.",
            example = "{ crit: \"outside -50..100\" }")
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
    @Option(description = "What a window's values are made into; `mean` when not given.")
        Optional<Aggregate> aggregate,
    @Option(
            description =
                "A window with fewer values says nothing, neither for itself nor for a later one."
                    + " With 0, a window without any counts too, by its count, rate, sum or number"
                    + " of distinct values of 0.",
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
  private static final long MOST_WINDOWS = 2016;

  @Override
  public void validate(String path, Problems problems) {
    selection().validate(path, problems);
    if (field.isPresent()) {
      FieldNames.validate(field.get(), path + ".field", problems);
    } else if (!kind().countsRows()) {
      problems.add(path + ".field", "is required, unless calls are counted by aggregate: count");
    }
    rules().validate(path, problems);
    windows().validate(path, problems);
    if (minSamples == 0 && !kind().knowsNothing()) {
      problems.add(
          path + ".min_samples", "can be 0 for aggregate: count, rate, sum and distinct only");
    }
    validateDistance(path, problems);
  }

  private void validateDistance(String path, Problems problems) {
    long step = every.orElse(window).toNanos();
    if (distance().compareTo(window) < 0) {
      problems.add(path + ".against", "is shorter than 'window': the two would overlap");
    } else if (distance().toNanos() % step != 0) {
      problems.add(
          path + ".against",
          "is not a multiple of the %s between windows: none ends then"
              .formatted(Figures.duration(step)));
    } else if (distance().toNanos() / step > MOST_WINDOWS) {
      problems.add(
          path + ".against",
          "is more than %d windows before; take a longer 'every'".formatted(MOST_WINDOWS));
    }
  }

  private Aggregate kind() {
    return aggregate.orElse(Aggregate.MEAN);
  }

  private Duration distance() {
    return against.distance().orElse(window);
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
    return new ChangeCheck(
        name,
        selection(),
        field.map(FieldKey::of),
        unit,
        distance().toNanos(),
        windows().frame(kind(), rules().ladder()));
  }
}
