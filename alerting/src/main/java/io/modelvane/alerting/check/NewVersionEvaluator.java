package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.Level;
import io.modelvane.spi.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the versions of a model and when each came first, in the time of arrival. One is judged
 * once everything that arrived up to then has been read, so that neither the order in which
 * partitions are read nor a restart changes which of them is new.
 */
final class NewVersionEvaluator implements Evaluator {
  private static final int VERSION = 1;
  private static final long UNKNOWN = Long.MIN_VALUE;

  /** Beyond that the oldest is forgotten, and new if it returns. */
  private static final int MOST = 1000;

  private static final Comparator<Map.Entry<String, Long>> IN_ORDER =
      Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey());

  private final NewVersionCheck check;
  private final TreeMap<String, Long> firsts = new TreeMap<>();
  private @Nullable Series lastSeries;
  private long lastFirst;

  /** Versions that came first at this time or before have been judged. */
  private long judged = UNKNOWN;

  /** When the first of all versions came. */
  private long began = UNKNOWN;

  private String newest = "";
  private String before = "";
  private long endsAt = NEVER;

  NewVersionEvaluator(NewVersionCheck check) {
    this.check = check;
  }

  NewVersionEvaluator(NewVersionCheck check, ByteReader state) {
    this(check);
    state.version(VERSION);
    judged = state.nextLong();
    began = state.nextLong();
    newest = state.nextText();
    before = state.nextText();
    endsAt = state.nextLong();
    for (int i = state.nextCount(); i > 0; i--) {
      firsts.put(state.nextText(), state.nextLong());
    }
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // decoders hand out the same object: no need to compare
  public boolean row(Row row, Verdicts out) {
    if (row.series() == lastSeries && row.arrived() >= lastFirst) {
      return false;
    }
    String version = Objects.requireNonNullElse(row.series().tag(check.tag()), "");
    Long known = firsts.get(version);
    lastSeries = row.series();
    lastFirst = known == null ? row.arrived() : Math.min(known, row.arrived());
    if (known != null && known == lastFirst) {
      return false;
    }
    firsts.put(version, lastFirst);
    if (firsts.size() > MOST) {
      firsts.remove(oldest().getKey());
    }
    return true;
  }

  private Map.Entry<String, Long> oldest() {
    return firsts.entrySet().stream()
        .filter(entry -> entry.getValue() <= judged)
        .min(IN_ORDER)
        .orElseGet(() -> firsts.entrySet().stream().min(IN_ORDER).orElseThrow());
  }

  @Override
  public boolean tick(long time, Verdicts out) {
    boolean moved = false;
    for (long at = wakeAt(); at <= time && at != NEVER; at = wakeAt()) {
      if (endsAt <= at) {
        endsAt = NEVER;
        out.judged(check.level(), at, at);
      } else {
        judge(at - 1, out);
      }
      moved = true;
    }
    return moved;
  }

  /** Judges the versions that came first at a time. */
  private void judge(long first, Verdicts out) {
    List<String> versions = new ArrayList<>();
    firsts.forEach(
        (version, came) -> {
          if (came == first) {
            versions.add(version);
          }
        });
    judged = first;
    began = began == UNKNOWN ? first : began;
    for (String version : versions) {
      before = newest;
      newest = version;
      if (first - began > check.times().settle()) {
        Level previous = level();
        endsAt = first + check.times().lasts();
        out.judged(previous, first, first);
      }
    }
  }

  @Override
  public long wakeAt() {
    long next = NEVER;
    for (long first : firsts.values()) {
      if (first > judged) {
        next = Math.min(next, first + 1);
      }
    }
    return Math.min(next, endsAt);
  }

  @Override
  public Level level() {
    return endsAt == NEVER ? Level.OK : check.level();
  }

  @Override
  public Finding finding() {
    String since = before.isEmpty() ? "" : ", after " + before;
    String message =
        level() == Level.OK
            ? "%s %s is no longer new".formatted(check.tag(), newest)
            : "%s %s was seen for the first time%s".formatted(check.tag(), newest, since);
    return new Finding(
        Optional.empty(),
        OptionalDouble.empty(),
        message,
        Map.of("version", newest, "previous_version", before));
  }

  @Override
  public List<String> reservations() {
    return List.of(
        "%d values of %s are known, %s the newest".formatted(firsts.size(), check.tag(), newest));
  }

  @Override
  public boolean isFresh() {
    return firsts.isEmpty();
  }

  @Override
  public void encode(ByteWriter out) {
    out.put(VERSION).putLong(judged).putLong(began).putText(newest).putText(before).putLong(endsAt);
    out.putLong(firsts.size());
    firsts.forEach((version, first) -> out.putText(version).putLong(first));
  }
}
