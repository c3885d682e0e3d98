package io.modelvane.alerting.check;

import io.modelvane.spi.Series;
import java.util.List;

/** A check that judges the calls of the series it selects. */
interface SelectingCheck extends Check {
  /** Which series. */
  Selection selection();

  @Override
  default List<Series> concerns(Series series) {
    return selection().concerns(series);
  }

  @Override
  default boolean goesOn(String earlier, Series series, boolean open) {
    return selection().goesOn(earlier, series);
  }
}
