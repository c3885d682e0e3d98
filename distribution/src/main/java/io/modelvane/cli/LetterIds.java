package io.modelvane.cli;

import io.modelvane.engine.deadletter.KeptLetter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Parameters;

/** Dead letters that are meant by their ids; all, where no id is given. */
final class LetterIds {
  @Parameters(
      arity = "0..*",
      paramLabel = "ID",
      description = "Which, by the ids that list and show give.")
  private List<String> ids = List.of();

  boolean areGiven() {
    return !ids.isEmpty();
  }

  boolean mean(KeptLetter letter) {
    return ids.isEmpty() || ids.contains(letter.id());
  }

  /** A copy, to strike out what is found. */
  Set<String> toFind() {
    return new LinkedHashSet<>(ids);
  }
}
