package io.modelvane.alerting.why;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Level;
import io.modelvane.spi.Series;
import java.util.List;
import java.util.function.Predicate;

/** The checks as they run, for those who ask from outside. */
public interface Running {
  /**
   * Where a check stands now. Waits for the evaluation's turn, and takes as long there as it takes
   * to compare the check's series: tens of milliseconds for a million.
   *
   * @param check its name
   * @param wanted which series
   * @param most so many at the most
   * @throws ComponentException {@code RETRYABLE} when the evaluation does not run
   */
  List<Standpoint> look(String check, Predicate<Series> wanted, int most)
      throws ComponentException, InterruptedException;

  /**
   * Ends an incident by hand; on the disk when this returns. The check goes on as it stands, and
   * may open another at its next verdict that is not {@code ok}.
   *
   * @param author who ends it
   * @param comment why; may be empty
   * @return whether a check held it open
   * @throws ComponentException {@code RETRYABLE} when the evaluation does not run, or the disk does
   *     not take it
   */
  boolean close(String incident, String author, String comment)
      throws ComponentException, InterruptedException;

  /**
   * One check on one series.
   *
   * @param series the series
   * @param level where it stands
   * @param message the verdict as it stands
   * @param reservations what keeps it from another level
   * @param late how many calls came too late since the start
   * @param early how many had a time that was not believed, since the start
   */
  record Standpoint(
      Series series,
      Level level,
      String message,
      List<String> reservations,
      long late,
      long early) {}
}
