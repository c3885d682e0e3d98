package io.modelvane.alerting.check;

import io.modelvane.alerting.tag.TagPattern;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Level;
import io.modelvane.spi.Option;
import io.modelvane.spi.Problems;
import io.modelvane.spi.Variant;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
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
                    + " too, by its count, rate or sum of 0.",
            defaultValue = "1",
            min = "0",
            max = "1000000000")
        int minSamples,
    @Option(
            description = "How long after its end a window waits for late rows.",
            defaultValue = "2s",
            max = "31d")
        Duration lateness)
    implements CheckOptions {

  private static final long MOST_PANES = 10_000;
  private static final List<String> LEVELS = List.of("crit", "warn", "info");

  @Override
  public void validate(String path, Problems problems) {
    selection().validate(path, problems);
    validateField(path, problems);
    validateNames(levels, path + ".levels", problems);
    validateNames(recover, path + ".recover", problems);
    if (levels.isEmpty()) {
      problems.add(path + ".levels", "is required, for example { crit: \"> 0.7\" }");
    }
    validateRecovery(path + ".recover", problems);
    validateReach(path + ".levels", problems);
    if (window.isPresent()) {
      validateWindow(path, window.get(), problems);
    } else {
      validateCalls(path, problems);
    }
  }

  private void validateField(String path, Problems problems) {
    if (field.isPresent()) {
      try {
        FieldKey.of(field.get());
      } catch (IllegalArgumentException refused) {
        problems.add(path + ".field", String.valueOf(refused.getMessage()));
      }
    } else if (aggregate.isEmpty() || !aggregate.get().countsRows()) {
      problems.add(path + ".field", "is required, unless calls are counted by aggregate: count");
    }
  }

  private static void validateNames(Map<String, Condition> given, String path, Problems problems) {
    for (String name : given.keySet()) {
      if (!LEVELS.contains(name)) {
        problems.add(path + "." + name, "is no level; known: crit, warn, info");
      }
    }
  }

  private void validateRecovery(String path, Problems problems) {
    recover.forEach(
        (level, left) -> {
          Condition reached = levels.get(level);
          if (reached == null && LEVELS.contains(level)) {
            problems.add(path + "." + level, "there is no such level in 'levels' to recover from");
          } else if (reached != null && reached.meets(left)) {
            problems.add(
                path + "." + level,
                "'%s' must be on the other side of '%s': a value must not mean both"
                    .formatted(left, reached));
          }
        });
  }

  private void validateReach(String path, Problems problems) {
    List<String> used = LEVELS.stream().filter(levels::containsKey).toList();
    for (int mild = 1; mild < used.size(); mild++) {
      for (int bad = 0; bad < mild; bad++) {
        if (condition(used.get(bad)).covers(condition(used.get(mild)))) {
          problems.add(
              path + "." + used.get(mild),
              "is never reached, since '%s' of %s holds wherever it does"
                  .formatted(condition(used.get(bad)), used.get(bad)));
        }
      }
    }
  }

  private Condition condition(String level) {
    return java.util.Objects.requireNonNull(levels.get(level));
  }

  private void validateWindow(String path, Duration length, Problems problems) {
    Duration step = every.orElse(length);
    if (step.compareTo(length) > 0) {
      problems.add(path + ".every", "is longer than 'window': calls between would be seen by none");
    } else if (windows(length).panes() > MOST_PANES) {
      problems.add(
          path + ".every",
          "cuts the window into more than %d parts; take a longer one, best one that divides 'window'"
              .formatted(MOST_PANES));
    }
    if (minSamples == 0 && !aggregate.map(Aggregate::knowsNothing).orElse(false)) {
      problems.add(path + ".min_samples", "can be 0 for aggregate: count, rate and sum only");
    }
  }

  private void validateCalls(String path, Problems problems) {
    every.ifPresent(
        given -> problems.add(path + ".every", "needs a 'window'; calls are judged one by one"));
    aggregate.ifPresent(
        given ->
            problems.add(path + ".aggregate", "needs a 'window'; calls are judged one by one"));
    if (minSamples != 1) {
      problems.add(path + ".min_samples", "needs a 'window'; calls are judged one by one");
    }
  }

  Selection selection() {
    return new Selection(measurement, where, by);
  }

  private Windows windows(Duration length) {
    return new Windows(
        length.toNanos(),
        every.orElse(length).toNanos(),
        lateness.toNanos(),
        minSamples,
        aggregate.orElse(Aggregate.MEAN));
  }

  private static Map<Level, Condition> byLevel(Map<String, Condition> named) {
    Map<Level, Condition> conditions = new EnumMap<>(Level.class);
    named.forEach((name, c) -> conditions.put(Level.valueOf(name.toUpperCase(Locale.ROOT)), c));
    return conditions;
  }

  @Override
  public Check check(String name) {
    Ladder ladder = new Ladder(byLevel(levels), byLevel(recover), for_.toNanos());
    return new ThresholdCheck(
        name, selection(), field.map(FieldKey::of), ladder, window.map(this::windows));
  }
}
