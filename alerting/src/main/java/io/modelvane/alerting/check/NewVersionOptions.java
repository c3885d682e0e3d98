package io.modelvane.alerting.check;

import io.modelvane.spi.Level;
import io.modelvane.spi.Option;
import io.modelvane.spi.Problems;
import io.modelvane.spi.Variant;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Options of {@code type: new_version}. */
@Variant(name = "new_version", description = "Tells of a version of a model that was never seen.")
public record NewVersionOptions(
    @Option(description = "The tag that holds the version.", defaultValue = "algorithm_version")
        String tag,
    @Option(
            description =
                "Versions that come within so long of a model's first call are known from the"
                    + " beginning, and are not told.",
            defaultValue = "1h",
            min = "0s")
        Duration settle,
    @Option(
            description =
                "How long the incident of a new version lasts. Another one that comes meanwhile"
                    + " has none of its own.",
            defaultValue = "1m",
            min = "1s")
        Duration lasts,
    @Option(description = "How bad a new version is.", defaultValue = "info") Level level,
    @Option(description = "Which series.", inline = true) Selection selection)
    implements CheckOptions {

  @Override
  public void validate(String path, Problems problems) {
    selection.validate(path, problems);
    if (tag.isEmpty()) {
      problems.add(path + ".tag", "is empty; name the tag that holds the version");
    }
    if (selection.by().isEmpty()) {
      problems.add(path + ".by", "is missing; name the tags of a model, such as [algorithm_name]");
    } else if (selection.by().get().contains(tag)) {
      problems.add(path + ".by", "contains '%s': then each model has one version".formatted(tag));
    }
    if (level == Level.OK) {
      problems.add(path + ".level", "cannot be ok; a new version needs a level worse than that");
    }
  }

  @Override
  public Optional<List<String>> by() {
    return selection.by();
  }

  @Override
  public Set<Level> reachable() {
    return Set.of(level);
  }

  @Override
  public Check check(String name) {
    return new NewVersionCheck(
        name, selection, tag, new NewVersionCheck.Times(settle.toNanos(), lasts.toNanos()), level);
  }
}
