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
  private static final int VERSION = 5;
  private static final int WITHOUT_LATEST = 4;
  private static final int WITHOUT_NEWEST = 3;
  private static final int WITHOUT_HEARD = 2;
  private static final long UNKNOWN = Long.MIN_VALUE;
  private static final long HOUR = 3_600_000_000_000L;
  private static final FieldKey REQUEST_ID = FieldKey.of("request_id");

  private final CallMeasure measure;
  private final Ladder ladder;
  private final long forgetAfter;

  /** How long nothing but late calls may arrive before they are not late any more. */
  private final long patience;

  private Standing standing;
  private Newcomers newcomers;

  /** When the last call arrived that was judged and did not find all well as it was. */
  private long heardAt = UNKNOWN;

  /** When the last call arrived that was judged since all was well. */
  private long latest = UNKNOWN;

  /** The latest time that was judged; known only where levels have to last. */
  private long newest = UNKNOWN;

  /** When the call of that time arrived. */
  private long newestHeard = UNKNOWN;

  private boolean forgotten;

  /** Whether one more value that reaches no level would change nothing but what was seen last. */
  private boolean idle;

  // What was seen last, as a ruling.
  private long lastTime;
  private double lastValue = Double.NaN;
  private long lastHolds;
  private boolean lastQuiet;

  /**
   * An evaluator.
   *
   * @param forgetAfter nanoseconds without a call until what was found counts no more, or {@link
   *     #NEVER}
   */
  CallEvaluator(CallMeasure measure, Ladder ladder, long forgetAfter) {
    this.measure = measure;
    this.ladder = ladder;
    this.forgetAfter = forgetAfter;
    this.patience = Math.max(ladder.damping().pendingNanos(), HOUR);
    this.standing = new Standing(ladder);
    this.newcomers = Newcomers.of(ladder.damping().grace());
  }

  /** One that goes on where another stopped. */
  CallEvaluator decode(ByteReader state) {
    int version = state.version(VERSION);
    Ruling last = Ruling.decode(state);
    saw(last.end(), last.found(), last.quiet());
    standing.decode(state);
    newcomers.decode(state);
    measure.decode(state);
    heardAt = version > WITHOUT_HEARD ? state.nextLong() : UNKNOWN;
    newest = version > WITHOUT_NEWEST ? state.nextLong() : UNKNOWN;
    newestHeard = version > WITHOUT_NEWEST ? state.nextLong() : UNKNOWN;
    latest = version > WITHOUT_LATEST ? state.nextLong() : UNKNOWN;
    return this;
  }

  @Override
  public void stand(Level level, long time) {
    standing.stand(ladder, level, time);
    heardAt = time;
  }

  @Override
  public boolean row(Row row, Verdicts out) {
    Estimate found = measure.read(row, out);
    if (found.saysNothing()) {
      return !measure.trouble().isEmpty() && fail(row, out);
    }
    if (idle && ladder.isOutOfReach(found)) {
      saw(row.time(), found, false);
      boolean moved = reach(row);
      out.judged(Level.OK, row.time(), row.arrived());
      return moved;
    }
    return judge(row, found, out);
  }

  private boolean judge(Row row, Estimate found, Verdicts out) {
    boolean calm = isCalm();
    boolean waits = waits(row, found);
    idle = false;
    if (!waits) {
      tick(row.arrived(), out);
    }
    boolean outrun = row.arrived() < latest;
    latest = Math.max(latest, row.arrived());
    if (!waits && !outrun) {
      return judge(row, found, Moment.Order.LATEST, out) || !calm;
    }
    Ruling last = last();
    Moment.Order order = outrun ? Moment.Order.OUTRUN : Moment.Order.LATEST;
    var unused = judge(row, found, order, out);
    saw(last.end(), last.found(), last.quiet()); // the end of what is kept tells what came last
    return true;
  }

  /** Judges; whether that is to be kept. */
  private boolean judge(Row row, Estimate found, Moment.Order order, Verdicts out) {
    heard(row);
    boolean reached = reach(row);
    newcomers.see(row);
    Level previous = standing.level();
    boolean quiet = newcomers.isNew(row.arrived(), row.arrived());
    saw(row.time(), found, quiet);
    long time = time(row);
    Moment at = new Moment(time, Math.max(time, newest), row.arrived(), order, quiet);
    ladder.judge(standing, found, at);
    if (ladder.expiresAt(standing) <= row.arrived()) {
      return true; // what was kept is over, unless an earlier call comes that keeps it longer
    }
    if (standing.level() != Level.OK) {
      standing.requestId(row.text(REQUEST_ID));
    }
    out.judged(previous, row.time(), row.arrived());
    boolean calmNow = settle();
    idle = calmNow && previous == Level.OK; // else the return to ok is still told of
    return reached || !calmNow;
  }

  /**
   * Whether a call comes after the end of a level that is kept, changes nothing about that, and may
   * have been read before one that does: other partitions are read less far. It does not wait for
   * ever: there are sources that hardly ever say how far they are.
   */
  private boolean waits(Row row, Estimate found) {
    long end = ladder.endsAt(standing);
    return end <= row.arrived()
        && row.arrived() - end <= patience
        && forgetsAt() > row.arrived()
        && ladder.isCalm(standing, found);
  }

  /** The time of a call; none is later than its arrival. */
  private static long time(Row row) {
    return Math.min(row.time(), row.arrived());
  }

  /**
   * Goes on to the time of a call. When for long nothing has come that was not late, the clock of
   * the calls was set back, and they go on by it.
   *
   * @return whether that is to be kept
   */
  private boolean reach(Row row) {
    if (ladder.damping().pendingNanos() == 0) {
      return false;
    }
    if (time(row) < newest && row.arrived() - newestHeard <= patience) {
      return false;
    }
    newest = time(row);
    newestHeard = row.arrived();
    return true;
  }

  private void heard(Row row) {
    heardAt = Math.max(heardAt, row.arrived());
    forgotten = false;
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
    heard(row);
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
    if (heardAt == UNKNOWN && forgetsAt() != NEVER) { // kept by a program that did not know when
      heardAt = time;
      moved = true;
    }
    for (long at = endsAt(); at <= time && at != NEVER; at = endsAt()) {
      Level previous = standing.level();
      if (at == forgetsAt()) {
        forget();
      } else {
        ladder.expire(standing);
      }
      out.judged(previous, at, at);
      var unused = settle();
      moved = true;
    }
    if (time >= outOfDateAt()) {
      newest = UNKNOWN;
      newestHeard = UNKNOWN;
      moved = true;
    }
    return moved;
  }

  private void forget() {
    standing = new Standing(ladder);
    newcomers = Newcomers.of(ladder.damping().grace());
    forgotten = true;
  }

  /** When what is wrong counts no more unless a call comes, or {@link #NEVER}. */
  private long forgetsAt() {
    boolean forgettable = forgetAfter != NEVER && standing.level() != Level.OK;
    return forgettable ? heardAt + forgetAfter : NEVER;
  }

  /** When a level ends unless a call comes, or {@link #NEVER}. */
  private long endsAt() {
    return Math.min(ladder.expiresAt(standing), forgetsAt());
  }

  /** When any call that still comes goes on by its own time, or {@link #NEVER}. */
  private long outOfDateAt() {
    return newest == UNKNOWN ? NEVER : newestHeard + patience + 1;
  }

  @Override
  public long wakeAt() {
    return Math.min(endsAt(), outOfDateAt());
  }

  @Override
  public boolean isRetired() {
    return forgotten;
  }

  @Override
  public Level level() {
    return idle ? Level.OK : standing.level();
  }

  /** Whether all is well; what comes then is judged by itself. */
  private boolean settle() {
    boolean calm = isCalm();
    latest = calm ? UNKNOWN : latest;
    return calm;
  }

  private boolean isCalm() {
    return standing.isFresh() && newcomers.isEmpty();
  }

  @Override
  public boolean isFresh() {
    return newest == UNKNOWN && isCalm();
  }

  @Override
  public Finding finding() {
    Map<String, String> details = new LinkedHashMap<>();
    Optional<String> field = measure.field().map(FieldKey::name);
    if (forgotten) {
      String message =
          "no call for %s, begins anew with the next one".formatted(Figures.duration(forgetAfter));
      return new Finding(field, OptionalDouble.empty(), message, details);
    }
    if (standing.isFailed()) {
      Reasons.of(ladder, standing, Estimate.NOTHING, details);
      return new Finding(field, OptionalDouble.empty(), measure.trouble(), details);
    }
    Ruling last = last();
    Estimate found = last.found();
    if (found.saysNothing()) {
      return new Finding(field, OptionalDouble.empty(), Reasons.CHANGED, details);
    }
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
    out.putLong(heardAt).putLong(newest).putLong(newestHeard).putLong(latest);
  }
}
