package io.modelvane.alerting.check;

import io.modelvane.alerting.tag.TagPattern;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Level;
import io.modelvane.spi.Option;
import io.modelvane.spi.Problems;
import io.modelvane.spi.Tag;
import io.modelvane.spi.Variant;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Options of {@code type: deadman}. */
@Variant(name = "deadman", description = "Tells when a series falls silent.")
public record DeadmanOptions(
    @Option(
            description = "A series is silent when nothing has arrived for longer than this.",
            example = "5m",
            min = "1s")
        Duration after,
    @Option(
            description =
                "A series that has been silent for so long ends its incident and is watched no"
                    + " more until it speaks again; expected ones are never forgotten. 7 days, or"
                    + " ten times `after` if that is longer, when not given.")
        Optional<Duration> forgetAfter,
    @Option(description = "How bad silence is.", defaultValue = "crit") Level level,
    @Option(description = "Watch for rows that have this field only.") Optional<String> field,
    @Option(
            description = "A row whose `field` is 0, or false, is no sign of life.",
            defaultValue = "false")
        boolean reportZero,
    @Option(description = "Which series.", inline = true) Selection selection,
    @Option(
            description =
                "Tags of series that have to be there: one that has not spoken `after` the watch"
                    + " began is silent, though it was never seen. Any series that has all the"
                    + " tags of an entry fulfils it.",
            example = "[{ algorithm_name: credit_card_approval }]")
        List<Map<String, String>> expect)
    implements CheckOptions {

  private static final Duration A_WEEK = Duration.ofDays(7);

  @Override
  public void validate(String path, Problems problems) {
    selection.validate(path, problems);
    if (forget().compareTo(after) <= 0) {
      problems.add(path + ".forget_after", "must be longer than 'after'");
    }
    if (level == Level.OK) {
      problems.add(path + ".level", "cannot be ok; silence needs a level worse than that");
    }
    field.ifPresent(name -> FieldNames.validate(name, path + ".field", problems));
    if (reportZero && field.isEmpty()) {
      problems.add(path + ".report_zero", "needs a 'field' to look at");
    }
    for (int i = 0; i < expect.size(); i++) {
      validateExpected(expect.get(i), path + ".expect[" + i + "]", problems);
    }
    if (new HashSet<>(expect).size() < expect.size()) {
      problems.add(path + ".expect", "names the same tags twice");
    }
  }

  private void validateExpected(Map<String, String> tags, String path, Problems problems) {
    if (tags.isEmpty()) {
      problems.add(path, "names no tag");
    }
    tags.forEach(
        (key, value) -> {
          try {
            new Tag(key, value);
          } catch (IllegalArgumentException refused) {
            problems.add(path, String.valueOf(refused.getMessage()));
            return;
          }
          TagPattern demand = selection.where().get(key);
          if (demand != null && !demand.test(value)) {
            problems.add(path, "'%s' is not what 'where' looks at".formatted(value));
          }
          if (by().isPresent() && !by().get().contains(key)) {
            problems.add(path, "'%s' is not among the tags of 'by'".formatted(key));
          }
        });
  }

  @Override
  public Optional<List<String>> by() {
    return selection.by();
  }

  private Duration forget() {
    Duration tenfold = after.multipliedBy(10);
    return forgetAfter.orElse(tenfold.compareTo(A_WEEK) > 0 ? tenfold : A_WEEK);
  }

  @Override
  public Set<Level> reachable() {
    return Set.of(level);
  }

  @Override
  public Check check(String name) {
    return new DeadmanCheck(
        name,
        selection,
        field.map(key -> new Sign(FieldKey.of(key), !reportZero)),
        new Silence(after.toNanos(), forget().toNanos(), level),
        expect);
  }
}
