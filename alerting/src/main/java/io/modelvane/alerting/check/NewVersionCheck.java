package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.spi.Level;
import io.modelvane.spi.Series;
import java.util.List;

/** A check of type {@code new_version}. */
record NewVersionCheck(String name, Selection selection, String tag, Times times, Level level)
    implements Check {
  /**
   * Times in nanoseconds.
   *
   * @param settle versions that come within so long of the first call are known
   * @param lasts how long an incident lasts
   */
  record Times(long settle, long lasts) {}

  @Override
  public String type() {
    return "new_version";
  }

  /** What was seen stays true when it is told otherwise. */
  @Override
  public String definition() {
    return selection.definition() + " tag=" + tag;
  }

  @Override
  public List<Series> concerns(Series series) {
    return series.tag(tag) == null ? List.of() : selection.concerns(series);
  }

  @Override
  public Evaluator create(Series series) {
    return new NewVersionEvaluator(this);
  }

  @Override
  public Evaluator decode(Series series, ByteReader state) {
    return new NewVersionEvaluator(this, state);
  }

  @Override
  public int statesPerPage() {
    return 16;
  }
}
