package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.FieldKey;
import java.util.Map;
import java.util.Optional;

/** How much an aggregate has changed since an earlier window. */
final class ChangeMeasure implements Measure {
  private final ChangeCheck check;
  private final AggregateMeasure aggregate;
  private final PastWindows past;
  private double now = Double.NaN;
  private double before = Double.NaN;

  ChangeMeasure(ChangeCheck check) {
    this.check = check;
    this.aggregate = new AggregateMeasure(check.field(), check.frame().windows());
    this.past = new PastWindows(check.reach(), check.again());
  }

  @Override
  public Optional<FieldKey> field() {
    return check.field();
  }

  @Override
  public Pane pane() {
    return aggregate.pane();
  }

  @Override
  public double[] values() {
    return aggregate.values();
  }

  @Override
  public boolean read(Row row, Verdicts out) {
    return aggregate.read(row, out);
  }

  @Override
  public Estimate conclude(Pane window, long end) {
    Estimate found = aggregate.conclude(window, end);
    if (found.saysNothing()) {
      return found;
    }
    double earlier = past.exchange(end / check.frame().windows().every(), found.value());
    if (!Double.isNaN(earlier)) {
      now = found.value();
      before = earlier;
    }
    return Estimate.exactly(check.unit().change(earlier, found.value()));
  }

  @Override
  public String sentence(Estimate value, long samples, Map<String, String> details) {
    String found = aggregate.sentence(Estimate.exactly(now), samples, details);
    details.put("now", Figures.exact(now));
    details.put("before", Figures.exact(before));
    String other = check.against().map(d -> d + " before").orElse("in the window before");
    return "%s, %s %s %s"
        .formatted(found, check.unit().words(value.value()), Figures.shortened(before), other);
  }

  @Override
  public long echo() {
    return check.distance();
  }

  @Override
  public long staleAt() {
    long every = check.frame().windows().every();
    return past.isEmpty()
        ? Evaluator.NEVER
        : (past.last() + check.reach()) * every + check.frame().amend();
  }

  @Override
  public void forget() {
    past.clear();
  }

  @Override
  public boolean isFresh() {
    return past.isEmpty();
  }

  @Override
  public void encode(ByteWriter out) {
    out.putDouble(now).putDouble(before);
    past.encode(out);
  }

  @Override
  public void decode(ByteReader in) {
    now = in.nextDouble();
    before = in.nextDouble();
    past.decode(in);
  }
}
