package io.modelvane.cli;

import io.modelvane.engine.deadletter.KeptLetter;
import io.modelvane.engine.deadletter.LetterFile;
import io.modelvane.engine.deadletter.LetterFolder;
import io.modelvane.engine.words.Words;
import java.io.IOException;
import java.io.PrintWriter;
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

  /** Says which ids lead nowhere, and whether any does. */
  boolean leadNowhere(LetterFolder folder, PrintWriter err)
      throws IOException, InterruptedException {
    if (ids.isEmpty()) {
      return false;
    }
    Set<String> missing = new LinkedHashSet<>(ids);
    for (LetterFile file : folder.files()) {
      file.read(letter -> missing.remove(letter.id()));
    }
    missing.forEach(id -> err.println("modelvane: there is no dead letter " + Words.line(id)));
    return !missing.isEmpty();
  }
}
