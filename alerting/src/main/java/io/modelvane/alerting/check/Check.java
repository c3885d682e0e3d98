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
   * Whether states that were kept under an earlier definition of a check of this type say what they
   * said then.
   */
  default boolean understands(String earlier) {
    return definition().equals(earlier);
  }

  /**
   * Whether a series that was judged under another, earlier definition is judged under this one,
   * too. Where its state is of no use, the evaluator of an open incident {@link Evaluator#stand
   * stands} where that does.
   *
   * @param open whether it has an open incident
   */
  default boolean goesOn(String earlier, Series series, boolean open) {
    return false;
  }

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
