package io.modelvane.engine;

import io.modelvane.engine.deadletter.KeptLetter;
import io.modelvane.engine.words.Words;
import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What became of a batch of letters. A letter that failed again as before stays as it is; one that
 * failed for another reason makes way for a new one.
 */
final class ReplayVerdict {
  private final UnaryOperator<String> redact;
  private final List<KeptLetter> over = new ArrayList<>();
  private final List<DeadLetter> fresh = new ArrayList<>();
  private long stored;
  private long failed;

  private ReplayVerdict(UnaryOperator<String> redact) {
    this.redact = redact;
  }

  static ReplayVerdict of(
      List<KeptLetter> letters, List<DeadLetter> failures, UnaryOperator<String> redact) {
    Map<Position, List<KeptLetter>> tried = new HashMap<>();
    letters.forEach(l -> tried.computeIfAbsent(position(l.letter()), p -> list()).add(l));
    Map<Position, List<DeadLetter>> again = new HashMap<>();
    failures.forEach(f -> again.computeIfAbsent(position(f), p -> list()).add(f));
    ReplayVerdict verdict = new ReplayVerdict(redact);
    tried.forEach((where, which) -> verdict.judge(which, again.getOrDefault(where, List.of())));
    return verdict;
  }

  private static <T> List<T> list() {
    return new ArrayList<>();
  }

  private static Position position(DeadLetter letter) {
    return letter.event().position();
  }

  private void judge(List<KeptLetter> tried, List<DeadLetter> failures) {
    List<KeptLetter> gone =
        tried.stream().filter(t -> failures.stream().noneMatch(f -> same(t.letter(), f))).toList();
    List<DeadLetter> other =
        failures.stream().filter(f -> tried.stream().noneMatch(t -> same(t.letter(), f))).toList();
    over.addAll(gone);
    fresh.addAll(other);
    stored += Math.max(0, gone.size() - other.size());
    failed += tried.size() - gone.size() + other.size();
  }

  private boolean same(DeadLetter kept, DeadLetter now) {
    return kept.stage().equals(now.stage())
        && kept.reason().equals(Words.line(redact.apply(now.reason())))
        && kept.line().equals(now.line().map(redact));
  }

  /** Letters that need not be kept any longer. */
  List<KeptLetter> over() {
    return over;
  }

  /** Letters to be kept in their place, before those are noted. */
  List<DeadLetter> fresh() {
    return fresh;
  }

  long stored() {
    return stored;
  }

  long failed() {
    return failed;
  }
}
