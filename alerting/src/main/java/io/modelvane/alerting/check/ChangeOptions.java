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
    @Option(description = "Which series.", inline = true) Selection selection,
    @Option(
            description =
                "What to compare a window with: `previous`, the window that ends where it begins,"
                    + " or the one so long before: `1h`, `1d`, `7d`. At most 2016 windows before.",
            defaultValue = "previous")
        Against against,
    @Option(
            description =
                "Compare calls of one window with each other instead: those with these tags are"
                    + " what is there before, all others of the same series of `by` what is there"
                    + " now. For a new model version against the old one.",
            example = "{ algorithm_version: 1.4.0 }")
        Map<String, TagPattern> againstTags,
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
    @Option(description = "When levels count.", inline = true) DampingOptions damping,
    @Option(
            description = "The length of a window. They end at multiples of `every` in UTC.",
            example = "5m",
            min = "1ms",
            max = "31d")
        Duration window,
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
    @Option(description = "How windows are cut.", inline = true) WindowOptions windows,
    @Option(description = "Late calls.", inline = true) AmendOptions amend)
    implements CheckOptions {
  private static final long MOST_WINDOWS = 2016;

  @Override
  public void validate(String path, Problems problems) {
    selection.validate(path, problems);
    if (field.isPresent()) {
      FieldNames.validate(field.get(), path + ".field", problems);
    } else if (!kind().countsRows()) {
      problems.add(path + ".field", "is required, unless calls are counted by aggregate: count");
    }
    rules().validate(path, problems);
    damping.validate(by(), path, problems);
    windows.validate(window, minSamples, path, problems);
    amend.validate(cut(), path, problems);
    if (minSamples == 0 && !kind().knowsNothing()) {
      problems.add(
          path + ".min_samples", "can be 0 for aggregate: count, rate, sum and distinct only");
    }
    if (againstTags.isEmpty()) {
      validateDistance(path, problems);
    } else {
      validateTags(path, problems);
    }
  }

  private void validateDistance(String path, Problems problems) {
    long step = windows.every().orElse(window).toNanos();
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

  private void validateTags(String path, Problems problems) {
    if (against.distance().isPresent()) {
      problems.add(path + ".against", "has no use with 'against_tags', which looks at one window");
    }
    for (String tag : againstTags.keySet()) {
      if (tag.isEmpty()) {
        problems.add(path + ".against_tags", "has a tag without a name");
      } else if (by().isEmpty() || by().get().contains(tag)) {
        problems.add(
            path + ".against_tags." + tag,
            "needs a 'by' without it: where it tells series apart, it has one value in each");
      }
    }
  }

  private Aggregate kind() {
    return aggregate.orElse(Aggregate.MEAN);
  }

  private Duration distance() {
    return against.distance().orElse(window);
  }

  @Override
  public Optional<List<String>> by() {
    return selection.by();
  }

  private Windows cut() {
    return windows.windows(window, minSamples, kind());
  }

  private LevelOptions rules() {
    return new LevelOptions(levels, recover, damping);
  }

  @Override
  public Set<Level> reachable() {
    return LevelOptions.reachable(levels, windows.noData());
  }

  @Override
  public Check check(String name) {
    Frame frame =
        new Frame(
            cut(),
            rules().ladder(windows.fullWindow()),
            windows.absence(window),
            amend.amendFor().toNanos());
    Optional<FieldKey> key = field.map(FieldKey::of);
    return againstTags.isEmpty()
        ? new ChangeCheck(name, selection, key, unit, distance().toNanos(), frame)
        : new ComparisonCheck(name, selection, key, unit, againstTags, frame);
  }
}
