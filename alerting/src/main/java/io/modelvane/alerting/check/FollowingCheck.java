package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.spi.Series;
import java.util.List;

/** A check that looks at the levels of other checks instead of rows. */
public interface FollowingCheck extends Check {
  /** The names of these checks. */
  List<String> follows();

  /** The series of its own to which a series of theirs belongs. */
  Series group(Series series);

  @Override
  default List<Series> concerns(Series series) {
    return List.of();
  }

  @Override
  Follower create(Series series);

  @Override
  Follower decode(Series series, ByteReader state);
}
