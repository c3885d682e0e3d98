package io.modelvane.cli;

import io.modelvane.engine.deadletter.KeptLetter;
import io.modelvane.spi.DeadLetter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Dead letters by pipeline, stage and reason. Reasons that differ in numbers and quoted parts alone
 * are one.
 */
final class LetterGroups {
  /** Reasons may be as many as letters; beyond so many groups the rest of a stage is one. */
  private static final int MOST = 1_000;

  private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)*");

  private record Key(String pipeline, String stage, String reason) {}

  /** Letters that have the same trouble. */
  static final class Group {
    private final Key key;
    private final KeptLetter first;
    private boolean alike = true;
    private long count;
    private Instant earliest;
    private Instant latest;

    private Group(Key key, KeptLetter first) {
      this.key = key;
      this.first = first;
      this.earliest = first.letter().at();
      this.latest = earliest;
    }

    private void add(DeadLetter letter) {
      count++;
      alike &= letter.reason().equals(first.letter().reason());
      earliest = letter.at().isBefore(earliest) ? letter.at() : earliest;
      latest = letter.at().isAfter(latest) ? letter.at() : latest;
    }

    String pipeline() {
      return key.pipeline();
    }

    String stage() {
      return key.stage();
    }

    /** The reason of all, or what is common to all. */
    String reason() {
      return alike ? first.letter().reason() : key.reason();
    }

    long count() {
      return count;
    }

    Instant earliest() {
      return earliest;
    }

    Instant latest() {
      return latest;
    }

    /** The id of the first. */
    String example() {
      return first.id();
    }
  }

  private final Map<Key, Group> groups = new HashMap<>();

  void add(KeptLetter kept) {
    DeadLetter letter = kept.letter();
    Key key = new Key(letter.pipeline(), letter.stage(), common(letter.reason()));
    if (groups.size() >= MOST && !groups.containsKey(key)) {
      key = new Key(letter.pipeline(), letter.stage(), "(other reasons)");
    }
    groups.computeIfAbsent(key, k -> new Group(k, kept)).add(letter);
  }

  private static String common(String reason) {
    return NUMBER.matcher(QUOTED.matcher(reason).replaceAll("'...'")).replaceAll("#");
  }

  long count() {
    return groups.values().stream().mapToLong(Group::count).sum();
  }

  /** By pipeline and stage, those with most letters first. */
  List<Group> sorted() {
    List<Group> sorted = new ArrayList<>(groups.values());
    sorted.sort(
        Comparator.comparing(Group::pipeline)
            .thenComparing(Group::stage)
            .thenComparing(Comparator.comparingLong(Group::count).reversed())
            .thenComparing(Group::reason));
    return sorted;
  }
}
