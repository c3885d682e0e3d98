package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Level;
import io.modelvane.spi.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What expressions say of a window. One that lacks an aggregate they name says nothing. */
final class ExpressionMeasure implements Measure {
  private final Windows windows;
  private final Optional<Level> onTrouble;
  private final Values values;
  private final List<AggregateMeasure> aggregates = new ArrayList<>();
  private final List<Aggregate> kinds = new ArrayList<>();
  private final int[] places;
  private final double[] read;

  ExpressionMeasure(ExpressionCheck check, Windows windows, Series series) {
    List<Variable> variables = check.formula().variables();
    this.windows = windows;
    this.onTrouble = check.onError().level();
    this.values = new Values(check.formula());
    this.places = new int[variables.size()];
    for (int i = 0; i < places.length; i++) {
      Variable variable = variables.get(i);
      if (variable.aggregate().isPresent()) {
        places[aggregates.size()] = i;
        add(variable, variable.aggregate().get());
      } else {
        values.put(i, Objects.requireNonNullElse(series.tag(variable.of()), ""));
      }
    }
    this.read = new double[aggregates.size()];
  }

  private void add(Variable variable, Aggregate kind) {
    Optional<FieldKey> field =
        Optional.of(variable.of()).filter(n -> !n.isEmpty()).map(FieldKey::of);
    kinds.add(kind);
    aggregates.add(new AggregateMeasure(field, windows.with(kind)));
  }

  @Override
  public Optional<FieldKey> field() {
    return Optional.empty();
  }

  @Override
  public Pane pane() {
    return new SeveralPanes(kinds);
  }

  @Override
  public boolean read(Row row, Verdicts out) {
    boolean any = false;
    Arrays.fill(read, Double.NaN);
    for (int i = 0; i < read.length; i++) {
      AggregateMeasure aggregate = aggregates.get(i);
      if (aggregate.read(row, out)) {
        read[i] = aggregate.values()[0];
        any = true;
      }
    }
    return any;
  }

  @Override
  public double[] values() {
    return read;
  }

  @Override
  public Estimate conclude(Pane window, long end) {
    SeveralPanes panes = (SeveralPanes) window;
    for (int i = 0; i < read.length; i++) {
      Estimate found = aggregates.get(i).conclude(panes.pane(i), end);
      if (found.saysNothing()) {
        values.clearTrouble();
        return Estimate.NOTHING;
      }
      values.put(places[i], found.value());
    }
    return values.evaluate();
  }

  @Override
  public String sentence(Estimate value, long samples, Map<String, String> details) {
    String length = Figures.duration(windows.length());
    details.put("window", length);
    details.put("samples", Long.toString(samples));
    return "%s over %s (%s)"
        .formatted(values.sentence(value, details), length, Figures.samples(samples));
  }

  @Override
  public String trouble() {
    return values.trouble();
  }

  @Override
  public Optional<Level> onTrouble() {
    return onTrouble;
  }

  @Override
  public void encode(ByteWriter out) {
    values.encode(out);
  }

  @Override
  public void decode(ByteReader in) {
    values.decode(in);
  }
}
