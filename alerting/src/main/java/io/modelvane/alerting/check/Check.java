package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.spi.Series;
import java.util.Collection;
import java.util.List;

/** A configured check. Immutable. */
public interface Check {
  /** Its name in the configuration. */
  String name();

  /** The word after {@code type:}. */
  String type();

  /**
   * What the meaning of a state depends on. States that were written under another definition are
   * not used.
   */
  String definition();

  /**
   * The series whose evaluators take the rows of {@code series}: mostly itself, or the group it
   * belongs to; empty when the check does not look at it. Asked once per series.
   */
  List<Series> concerns(Series series);

  /**
   * Series that are watched before their first row.
   *
   * @param known those that are watched already
   */
  default List<Series> expected(Collection<Series> known) {
    return List.of();
  }

  /** A new evaluator. */
  Evaluator create(Series series);

  /**
   * An evaluator that goes on where another stopped.
   *
   * @throws IllegalStateException when a newer version wrote the state
   */
  Evaluator decode(Series series, ByteReader state);

  /** How many states are kept in one record of the database: many small ones, or one large one. */
  int statesPerPage();
}
