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

/** Judges each call by itself, in the order of arrival. */
final class CallEvaluator implements Evaluator {
  private static final int VERSION = 2;
  private static final FieldKey REQUEST_ID = FieldKey.of("request_id");

  private final CallMeasure measure;
  private final Ladder ladder;
  private final Standing standing;
  private final Newcomers newcomers;
  private Ruling last = new Ruling(0, Estimate.NOTHING, 1, false);

  CallEvaluator(CallMeasure measure, Ladder ladder) {
    this.measure = measure;
    this.ladder = ladder;
    this.standing = new Standing(ladder);
    this.newcomers = Newcomers.of(ladder.damping().grace());
  }

  CallEvaluator(CallMeasure measure, Ladder ladder, ByteReader state) {
    this(measure, ladder);
    state.version(VERSION);
    last = Ruling.decode(state);
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
    boolean fresh = isFresh();
    tick(row.arrived(), out);
    newcomers.see(row);
    Level previous = standing.level();
    boolean quiet = newcomers.isNew(row.arrived(), row.arrived());
    last = new Ruling(row.time(), found, 1, quiet);
    ladder.judge(standing, found, new Moment(row.time(), row.arrived(), quiet));
    if (standing.level() != Level.OK) {
      standing.requestId(row.text(REQUEST_ID));
    }
    out.judged(previous, row.time(), row.arrived());
    return !fresh || !isFresh();
  }

  private boolean fail(Row row, Verdicts out) {
    out.failed();
    if (measure.onTrouble().isEmpty()) {
      return false;
    }
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
    return standing.level();
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
    Estimate found = last.found();
    String message =
        measure.sentence(found, details)
            + Reasons.of(ladder, standing, found, details)
            + (last.quiet() ? Reasons.NEW : "");
    return new Finding(field, found.number(), message, details);
  }

  @Override
  public List<String> reservations() {
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
    last.encode(out);
    standing.encode(out);
    newcomers.encode(out);
    measure.encode(out);
  }
}
