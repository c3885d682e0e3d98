package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Judges each call by itself, in the order of arrival. Most calls find nothing wrong where nothing
 * was, and look at few objects for that: with many checks over many series, what is not in the
 * processor's cache costs more than all the rest.
 */
final class CallEvaluator implements Evaluator {
  private static final int VERSION = 2;
  private static final FieldKey REQUEST_ID = FieldKey.of("request_id");

  private final CallMeasure measure;
  private final Ladder ladder;
  private final Standing standing;
  private final Newcomers newcomers;

  /** Whether one more value that reaches no level would change nothing but what was seen last. */
  private boolean idle;

  // What was seen last, as a ruling.
  private long lastTime;
  private double lastValue = Double.NaN;
  private long lastHolds;
  private boolean lastQuiet;

  CallEvaluator(CallMeasure measure, Ladder ladder) {
    this.measure = measure;
    this.ladder = ladder;
    this.standing = new Standing(ladder);
    this.newcomers = Newcomers.of(ladder.damping().grace());
  }

  CallEvaluator(CallMeasure measure, Ladder ladder, ByteReader state) {
    this(measure, ladder);
    state.version(VERSION);
    Ruling last = Ruling.decode(state);
    saw(last.end(), last.found(), last.quiet());
    standing.decode(state);
    newcomers.decode(state);
    measure.decode(state);
  }

  @Override
  public boolean row(Row row, Verdicts out) {
    Estimate found = measure.read(row, out);
    if (found.saysNothing()) {
      return !measure.trouble().isEmpty() && fail(row, out);
    }
    if (idle && ladder.isOutOfReach(found)) {
      saw(row.time(), found, false);
      out.judged(Level.OK, row.time(), row.arrived());
      return false;
    }
    return judge(row, found, out);
  }

  private boolean judge(Row row, Estimate found, Verdicts out) {
    boolean fresh = isFresh();
    idle = false;
    tick(row.arrived(), out);
    newcomers.see(row);
    Level previous = standing.level();
    boolean quiet = newcomers.isNew(row.arrived(), row.arrived());
    saw(row.time(), found, quiet);
    ladder.judge(standing, found, new Moment(row.time(), row.arrived(), quiet));
    if (standing.level() != Level.OK) {
      standing.requestId(row.text(REQUEST_ID));
    }
    out.judged(previous, row.time(), row.arrived());
    boolean freshNow = isFresh();
    idle = freshNow && previous == Level.OK; // else the return to ok is still told of
    return !fresh || !freshNow;
  }

  private void saw(long time, Estimate found, boolean quiet) {
    lastTime = time;
    lastValue = found.value();
    lastHolds = found.holds();
    lastQuiet = quiet;
  }

  private Ruling last() {
    return new Ruling(
        lastTime, new Estimate(lastValue, lastValue, lastValue, lastHolds), 1, lastQuiet);
  }

  private boolean fail(Row row, Verdicts out) {
    out.failed();
    if (measure.onTrouble().isEmpty()) {
      return false;
    }
    idle = false;
    tick(row.arrived(), out);
    Level previous = standing.level();
    standing.fail(measure.onTrouble().get());
    if (standing.level() != Level.OK) {
      standing.requestId(row.text(REQUEST_ID));
    }
    out.judged(previous, row.time(), row.arrived());
    return true;
  }

  @Override
  public boolean tick(long time, Verdicts out) {
    boolean moved = false;
    for (long at = wakeAt(); at <= time && at != NEVER; at = wakeAt()) {
      Level previous = standing.level();
      ladder.expire(standing);
      out.judged(previous, at, at);
      moved = true;
    }
    return moved;
  }

  @Override
  public long wakeAt() {
    return ladder.expiresAt(standing);
  }

  @Override
  public Level level() {
    return idle ? Level.OK : standing.level();
  }

  @Override
  public boolean isFresh() {
    return standing.isFresh() && newcomers.isEmpty();
  }

  @Override
  public Finding finding() {
    Map<String, String> details = new LinkedHashMap<>();
    Optional<String> field = measure.field().map(FieldKey::name);
    if (standing.isFailed()) {
      Reasons.of(ladder, standing, Estimate.NOTHING, details);
      return new Finding(field, OptionalDouble.empty(), measure.trouble(), details);
    }
    Ruling last = last();
    Estimate found = last.found();
    String message =
        measure.sentence(found, details)
            + Reasons.of(ladder, standing, found, details)
            + (last.quiet() ? Reasons.NEW : "");
    return new Finding(field, found.number(), message, details);
  }

  @Override
  public List<String> reservations() {
    Ruling last = last();
    if (last.found().saysNothing()) {
      String what = measure.field().map(field -> "a number in " + field.name()).orElse("all of it");
      return List.of("no call with %s was seen since the start".formatted(what));
    }
    List<String> all = new ArrayList<>(Reservations.of(ladder, standing));
    if (last.quiet()) {
      all.add(Reservations.NEW);
    }
    return all;
  }

  @Override
  public void encode(ByteWriter out) {
    out.put(VERSION);
    last().encode(out);
    standing.encode(out);
    newcomers.encode(out);
    measure.encode(out);
  }
}
