package io.modelvane.alerting.check;

import io.modelvane.spi.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What has to hold together.
 *
 * @param all each of them
 * @param any one of them at least, where there are any
 * @param none none of them
 */
record Combination(List<Term> all, List<Term> any, List<Term> none) {
  boolean test(Function<String, Level> levels) {
    return all.stream().allMatch(term -> term.test(levels.apply(term.check())))
        && (any.isEmpty() || any.stream().anyMatch(term -> term.test(levels.apply(term.check()))))
        && none.stream().noneMatch(term -> term.test(levels.apply(term.check())));
  }

  /** The names of the checks, each once, in order. */
  List<String> checks() {
    Set<String> names = new LinkedHashSet<>();
    for (List<Term> terms : List.of(all, any, none)) {
      terms.forEach(term -> names.add(term.check()));
    }
    return new ArrayList<>(names);
  }
}
