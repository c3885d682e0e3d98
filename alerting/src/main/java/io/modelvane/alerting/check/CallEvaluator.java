package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Judges each call by itself, in the order of arrival. */
final class CallEvaluator implements Evaluator {
  private static final int VERSION = 1;
  private static final FieldKey REQUEST_ID = FieldKey.of("request_id");

  private final FieldKey field;
  private final Ladder ladder;
  private final Standing standing;
  private int hint;
  private double value = Double.NaN;

  CallEvaluator(FieldKey field, Ladder ladder) {
    this.field = field;
    this.ladder = ladder;
    this.standing = new Standing(ladder);
  }

  CallEvaluator(FieldKey field, Ladder ladder, ByteReader state) {
    this(field, ladder);
    state.version(VERSION);
    value = state.nextDouble();
    standing.decode(state);
  }

  @Override
  public boolean row(Row row, Verdicts out) {
    int at = row.find(field, hint);
    if (at < 0) {
      return false;
    }
    hint = row.hint(at);
    double number = row.number(at);
    if (Double.isNaN(number)) {
      out.notNumeric();
      return false;
    }
    boolean fresh = standing.isFresh();
    tick(row.arrived(), out);
    Level previous = standing.level();
    value = number;
    ladder.judge(standing, number, row.time(), row.arrived());
    if (standing.level() != Level.OK) {
      standing.requestId(row.text(REQUEST_ID));
    }
    out.judged(previous, row.time(), row.arrived());
    return !fresh || !standing.isFresh();
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
    return standing.isFresh();
  }

  @Override
  public Finding finding() {
    Map<String, String> details = new LinkedHashMap<>();
    String what = field.name() + " is " + Figures.shortened(value);
    String message = what + Reasons.of(ladder, standing, Estimate.exactly(value), details);
    return new Finding(Optional.of(field.name()), OptionalDouble.of(value), message, details);
  }

  @Override
  public List<String> reservations() {
    return Double.isNaN(value)
        ? List.of("no call with a number in %s was seen since the start".formatted(field.name()))
        : Reservations.of(ladder, standing);
  }

  @Override
  public void encode(ByteWriter out) {
    out.put(VERSION).putDouble(value);
    standing.encode(out);
  }
}
