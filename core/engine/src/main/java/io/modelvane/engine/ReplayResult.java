package io.modelvane.engine;

import java.util.List;
import java.util.Optional;

/**
 * What came of a {@link LetterReplay}.
 *
 * @param stored letters whose events and rows are stored now
 * @param failed letters that can still not be stored; they stand in the folder with the reason that
 *     holds now
 * @param left letters that were not tried and stay as they are
 * @param remarks what was left out, and why
 * @param broken why it ended before its end, if it did: what is not done stays, and may be tried
 *     again
 */
public record ReplayResult(
    long stored, long failed, long left, List<String> remarks, Optional<String> broken) {
  /** Copies the list. */
  public ReplayResult {
    remarks = List.copyOf(remarks);
  }
}
