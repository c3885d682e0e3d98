package io.modelvane.alerting.check;

import io.modelvane.alerting.tag.TagPattern;
import io.modelvane.spi.Option;
import io.modelvane.spi.Problems;
import io.modelvane.spi.Series;
import io.modelvane.spi.Tag;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which series a check looks at, and which of them it takes as one. */
record Selection(
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
        Optional<List<String>> by) {

  /** Itself, the group it belongs to, or nothing. */
  List<Series> concerns(Series series) {
    if (measurement.isPresent() && !measurement.get().equals(series.measurement())) {
      return List.of();
    }
    if (!TagPattern.allMet(where, series)) {
      return List.of();
    }
    return List.of(by.map(tags -> group(series, tags)).orElse(series));
  }

  private static Series group(Series series, List<String> by) {
    List<Tag> kept = series.tags().stream().filter(tag -> by.contains(tag.key())).toList();
    return Series.of(series.measurement(), kept);
  }

  /**
   * Whether what an earlier definition took as one series is, or may be, one by this selection as
   * well. Of a group, tags that do not belong to {@code by} are not known.
   */
  boolean goesOn(String earlier, Series series) {
    return earlier.contains(" by=%s ".formatted(grouping()))
        && (measurement.isEmpty() || measurement.get().equals(series.measurement()))
        && where.entrySet().stream()
            .filter(tag -> tells(tag.getKey()))
            .allMatch(tag -> TagPattern.allMet(Map.of(tag.getKey(), tag.getValue()), series));
  }

  /** Whether {@link #goesOn} is sure of it. */
  boolean isSure(String earlier) {
    return where.keySet().stream().allMatch(this::tells)
        || earlier.contains(" where=%s by=".formatted(new TreeMap<>(where)));
  }

  /** Whether series of this selection have their own value of a tag. */
  private boolean tells(String tag) {
    return by.isEmpty() || by.get().contains(tag);
  }

  /** What it takes as one, the same text for the same. */
  String grouping() {
    return by.map(tags -> tags.stream().sorted().toList().toString()).orElse("*");
  }

  /** What it selects, the same text for the same selection. */
  String definition() {
    return "measurement=%s where=%s by=%s"
        .formatted(measurement.orElse("*"), new TreeMap<>(where), grouping());
  }

  void validate(String path, Problems problems) {
    if (measurement.isPresent() && measurement.get().isEmpty()) {
      problems.add(path + ".measurement", "is empty; leave it out to look at all measurements");
    }
    if (where.containsKey("")) {
      problems.add(path + ".where", "has a tag without a name");
    }
    by.ifPresent(
        tags -> {
          if (new HashSet<>(tags).size() < tags.size()) {
            problems.add(path + ".by", "names a tag twice");
          }
        });
  }
}
