package io.modelvane.alerting.check;

import io.modelvane.spi.FieldKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many values of a window reach each level. Its value is the greatest number that reached one.
 */
final class QuorumMeasure implements Measure {
  /**
   * What is asked of each value.
   *
   * @param bit where the answer about the window stands
   * @param least how many values have to meet it
   */
  private record Demand(int bit, Condition condition, Quorum least) {}

  private final FieldMeasure field;
  private final Windows windows;
  private final List<Demand> demands = new ArrayList<>();
  private final double[] values;
  private final int levels;

  QuorumMeasure(FieldKey field, Quorums quorums, Windows windows) {
    this.field = new FieldMeasure(field);
    this.windows = windows;
    quorums.levels().forEach((level, c) -> add(quorums.reached(level), c, quorums.least()));
    this.levels = demands.size();
    quorums.recover().forEach((level, c) -> add(quorums.left(level), c, Quorum.ALL));
    this.values = new double[demands.size()];
  }

  private void add(Answer answer, Condition condition, Quorum least) {
    demands.add(new Demand(answer.bit(), condition, least));
  }

  @Override
  public Optional<FieldKey> field() {
    return field.field();
  }

  @Override
  public Pane pane() {
    return new SeveralPanes(Collections.nCopies(demands.size(), Aggregate.SUM));
  }

  @Override
  public boolean read(Row row, Verdicts out) {
    Estimate found = field.read(row, out);
    if (found.saysNothing()) {
      return false;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = demands.get(i).condition().test(found) ? 1 : 0;
    }
    return true;
  }

  @Override
  public double[] values() {
    return values;
  }

  @Override
  public Estimate conclude(Pane window, long end) {
    SeveralPanes panes = (SeveralPanes) window;
    long holds = 0;
    double most = 0;
    for (int i = 0; i < values.length; i++) {
      double matching = panes.pane(i).sum();
      Demand demand = demands.get(i);
      holds |= demand.least().test(matching, window.count()) ? 1L << demand.bit() : 0;
      most = i < levels ? Math.max(most, matching) : most;
    }
    return Estimate.of(most, holds);
  }

  @Override
  public String sentence(Estimate value, long samples, Map<String, String> details) {
    String over = Figures.duration(windows.length());
    details.put("window", over);
    details.put("samples", Long.toString(samples));
    details.put("matching", Figures.exact(value.value()));
    return "%s of %d values of %s over %s reach a level"
        .formatted(
            Figures.exact(value.value()),
            samples,
            field.field().map(FieldKey::name).orElse(""),
            over);
  }
}
