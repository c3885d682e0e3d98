package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import java.util.List;

/** Several panes of the same stretch, for as many values of each row; NaN is none. */
final class SeveralPanes implements Pane {
  private final NumberPane[] panes;
  private long count;

  SeveralPanes(List<Aggregate> aggregates) {
    panes = aggregates.stream().map(NumberPane::new).toArray(NumberPane[]::new);
  }

  @Override
  public long count() {
    return count;
  }

  NumberPane pane(int index) {
    return panes[index];
  }

  @Override
  public void add(double[] values, long time) {
    count++;
    for (int i = 0; i < panes.length; i++) {
      if (!Double.isNaN(values[i])) {
        panes[i].add(values[i], time);
      }
    }
  }

  @Override
  public void merge(Pane other) {
    SeveralPanes others = (SeveralPanes) other;
    count += others.count;
    for (int i = 0; i < panes.length; i++) {
      panes[i].merge(others.panes[i]);
    }
  }

  @Override
  public void encode(ByteWriter out) {
    out.putLong(count);
    for (NumberPane pane : panes) {
      pane.encode(out);
    }
  }

  @Override
  public void decode(ByteReader in) {
    count = in.nextLong();
    for (NumberPane pane : panes) {
      pane.decode(in);
    }
  }
}
