package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Judges what other checks say of the series of one group. A check that has several of them counts
 * by the worst; one that has said nothing counts as {@code ok}. What became known at one time is
 * judged together.
 */
final class CompositeEvaluator implements Follower {
  private static final int VERSION = 1;

  private final CompositeCheck check;
  private final Ladder ladder;
  private final Standing standing;
  private final Map<Source, Level> levels = new LinkedHashMap<>();
  private final TreeMap<Long, Map<Source, Level>> ahead = new TreeMap<>();

  CompositeEvaluator(CompositeCheck check) {
    this.check = check;
    this.ladder = check.ladder();
    this.standing = new Standing(ladder);
  }

  CompositeEvaluator(CompositeCheck check, ByteReader state) {
    this(check);
    decode(state);
  }

  @Override
  public void heard(Source source, Level level, long known) {
    Level newest = levels.getOrDefault(source, Level.OK);
    long at = known;
    for (Map.Entry<Long, Map<Source, Level>> changes : ahead.descendingMap().entrySet()) {
      Level said = changes.getValue().get(source);
      if (said != null) {
        newest = said;
        // Calls of several partitions are read with times of arrival that go back and forth: what
        // a check says last is where it stands, and so is not taken for earlier.
        at = Math.max(known, changes.getKey());
        break;
      }
    }
    if (newest != level) {
      ahead.computeIfAbsent(at, time -> new LinkedHashMap<>()).put(source, level);
    }
  }

  @Override
  public void stand(Level level, long time) {
    standing.stand(ladder, level, time);
    ahead.computeIfAbsent(time, known -> new LinkedHashMap<>()); // judged even if nobody says more
  }

  @Override
  public List<Source> remembered() {
    List<Source> all = new ArrayList<>(levels.keySet());
    ahead.values().forEach(changes -> all.addAll(changes.keySet()));
    return all;
  }

  @Override
  public boolean row(Row row, Verdicts out) {
    return false;
  }

  @Override
  public boolean tick(long time, Verdicts out) {
    boolean moved = false;
    for (long at = wakeAt(); at <= time && at != NEVER; at = wakeAt()) {
      Level previous = standing.level();
      if (ladder.expiresAt(standing) == at) {
        ladder.expire(standing);
        out.judged(previous, at, at);
      } else {
        apply();
        double holds = check.combination().test(this::worst) ? 1 : 0;
        ladder.judge(standing, Estimate.exactly(holds), Moment.end(at - 1, false));
        out.judged(previous, at - 1, at);
      }
      moved = true;
    }
    return moved;
  }

  private void apply() {
    ahead
        .pollFirstEntry()
        .getValue()
        .forEach(
            (source, level) -> {
              if (level == Level.OK) {
                levels.remove(source);
              } else {
                levels.put(source, level);
              }
            });
  }

  private Level worst(String name) {
    Level worst = Level.OK;
    for (Map.Entry<Source, Level> entry : levels.entrySet()) {
      if (entry.getKey().check().equals(name) && entry.getValue().worseThan(worst)) {
        worst = entry.getValue();
      }
    }
    return worst;
  }

  /** What becomes known at one time can be judged after it: more may become known until then. */
  @Override
  public long wakeAt() {
    long next = ahead.isEmpty() ? NEVER : ahead.firstKey() + 1;
    return Math.min(next, ladder.expiresAt(standing));
  }

  @Override
  public Level level() {
    return standing.level();
  }

  @Override
  public boolean isFresh() {
    return levels.isEmpty() && ahead.isEmpty() && standing.isFresh();
  }

  @Override
  public Finding finding() {
    Map<String, String> details = new LinkedHashMap<>();
    List<String> parts = new ArrayList<>();
    for (String name : check.follows()) {
      parts.add("%s is %s".formatted(name, worst(name).text()));
    }
    String message = String.join(", ", parts);
    details.put("checks", message);
    if (ladder.isKept(standing)) {
      message +=
          "; %s is kept for %s after they held together"
              .formatted(standing.level().text(), Figures.duration(ladder.damping().keepNanos()));
    }
    return new Finding(Optional.empty(), OptionalDouble.empty(), message, details);
  }

  @Override
  public void encode(ByteWriter out) {
    out.put(VERSION);
    standing.encode(out);
    encode(levels, out);
    out.putLong(ahead.size());
    ahead.forEach(
        (known, changes) -> {
          out.putLong(known);
          encode(changes, out);
        });
  }

  private static void encode(Map<Source, Level> levels, ByteWriter out) {
    out.putLong(levels.size());
    levels.forEach(
        (source, level) ->
            out.putText(source.check()).putText(source.series()).put(level.severity()));
  }

  private void decode(ByteReader in) {
    in.version(VERSION);
    standing.decode(in);
    decode(levels, in);
    for (int i = in.nextCount(); i > 0; i--) {
      Map<Source, Level> changes = new LinkedHashMap<>();
      ahead.put(in.nextLong(), changes);
      decode(changes, in);
    }
  }

  private static void decode(Map<Source, Level> levels, ByteReader in) {
    for (int i = in.nextCount(); i > 0; i--) {
      Source source = new Source(in.nextText(), in.nextText());
      levels.put(source, Standing.level(in.next()));
    }
  }
}
