package io.modelvane.engine.deadletter;

import io.modelvane.spi.DeadLetter;
import java.util.Optional;

/**
 * A letter as it stands in a file.
 *
 * @param file the name of the file
 * @param at where its line begins, in bytes
 * @param json its line, without the line end
 * @param letter what it says
 * @param text its body where it is readable text and not long, secrets masked
 * @param replayed whether it was put back already
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they stand there; compared by nobody
public record KeptLetter(
    String file, long at, byte[] json, DeadLetter letter, Optional<String> text, boolean replayed) {
  /** Names the letter among all of its folder: what tells the file from others, and the place. */
  public String id() {
    String name = file.replaceFirst("^dead-letters-", "").replaceFirst("\\.jsonl$", "");
    return name + ":" + at;
  }
}
