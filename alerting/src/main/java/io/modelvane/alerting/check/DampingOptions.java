package io.modelvane.alerting.check;

import io.modelvane.spi.Option;
import io.modelvane.spi.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What keeps a level from following every value, as several checks have it among their options. */
record DampingOptions(
    @Option(
            description =
                "A level counts once it has been reached, or passed, by every value for so long."
                    + " The value that shows it has to come: one bad call followed by none is not"
                    + " enough. In the calls' own time: a call older than one that was judged makes"
                    + " it no longer, and breaks only what had begun before it.",
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
                "A series is watched for so long from its first call before it may raise anything;"
                    + " all are new when the check is.",
            defaultValue = "0s",
            max = "31d")
        Duration grace,
    @Option(
            description =
                "The tag that tells a model's version: a new value of it within a series of `by`"
                    + " begins the grace anew. Needs `by` and `grace`; without `by`, each version"
                    + " is a series by itself.",
            example = "algorithm_version")
        Optional<String> versionTag) {

  void validate(Optional<List<String>> by, String path, Problems problems) {
    if (versionTag.isEmpty()) {
      return;
    }
    if (grace.isZero()) {
      problems.add(path + ".version_tag", "needs a 'grace', such as 10m");
    }
    if (by.isEmpty() || by.get().contains(versionTag.get())) {
      problems.add(
          path + ".version_tag",
          "needs a 'by' without it: where it tells series apart, each new one has its grace");
    }
  }

  Damping damping(boolean fullWindow) {
    return new Damping(
        for_.toNanos(),
        keepFiringFor.toNanos(),
        require.orElse(Requirement.NONE),
        new Grace(grace.toNanos(), versionTag, fullWindow));
  }
}
