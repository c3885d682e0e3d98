package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.alerting.tag.TagPattern;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How much an aggregate differs between the calls with some tags and all others of a window. Each
 * side needs the samples that a window needs.
 */
final class ComparisonMeasure implements Measure {
  private static final int NOW = 0;
  private static final int BEFORE = 1;

  private final ComparisonCheck check;
  private final Windows windows;
  private final AggregateMeasure aggregate;
  private final double[] values = new double[2];
  private @Nullable Series last;
  private int side;
  private double now = Double.NaN;
  private double before = Double.NaN;

  ComparisonMeasure(ComparisonCheck check) {
    this.check = check;
    this.windows = check.frame().windows();
    this.aggregate = new AggregateMeasure(check.field(), windows);
  }

  @Override
  public Optional<FieldKey> field() {
    return check.field();
  }

  @Override
  public Pane pane() {
    return new SeveralPanes(List.of(windows.aggregate(), windows.aggregate()));
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // decoders hand out the same object: no need to compare
  public boolean read(Row row, Verdicts out) {
    if (!aggregate.read(row, out)) {
      return false;
    }
    if (row.series() != last) {
      last = row.series();
      side = TagPattern.allMet(check.against(), row.series()) ? BEFORE : NOW;
    }
    values[side] = aggregate.values()[0];
    values[1 - side] = Double.NaN;
    return true;
  }

  @Override
  public double[] values() {
    return values;
  }

  @Override
  public Estimate conclude(Pane window, long end) {
    SeveralPanes panes = (SeveralPanes) window;
    if (panes.pane(NOW).count() < windows.leastSamples()
        || panes.pane(BEFORE).count() < windows.leastSamples()) {
      return Estimate.NOTHING;
    }
    double one = aggregate.conclude(panes.pane(NOW), end).value();
    double other = aggregate.conclude(panes.pane(BEFORE), end).value();
    double change = check.unit().change(other, one);
    if (!Double.isNaN(change)) {
      now = one;
      before = other;
    }
    return Estimate.exactly(change);
  }

  @Override
  public String sentence(Estimate value, long samples, Map<String, String> details) {
    String found = aggregate.sentence(Estimate.exactly(now), samples, details);
    details.put("now", Figures.exact(now));
    details.put("before", Figures.exact(before));
    List<String> tags = new ArrayList<>();
    new TreeMap<>(check.against()).forEach((key, demand) -> tags.add(key + " " + demand));
    return "%s, %s %s of those with %s"
        .formatted(
            found,
            check.unit().words(value.value()),
            Figures.shortened(before),
            String.join(" and ", tags));
  }

  @Override
  public void encode(ByteWriter out) {
    out.putDouble(now).putDouble(before);
  }

  @Override
  public void decode(ByteReader in) {
    now = in.nextDouble();
    before = in.nextDouble();
  }
}
