package io.modelvane.engine;

import io.modelvane.engine.deadletter.KeptLetter;
import io.modelvane.engine.deadletter.LetterFile;
import io.modelvane.engine.deadletter.LetterFolder;
import io.modelvane.engine.words.Words;
import io.modelvane.spi.DeadLetter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the letters of a folder say that were not put back. An event with several letters is put
 * back whole for each of them, and what fails of it then may have its letter already. Read when it
 * is first asked for; some 80 bytes a letter.
 */
final class OpenLetters {
  private final LetterFolder folder;
  private final UnaryOperator<String> redact;
  private @Nullable Set<Print> known;

  /** What a letter says, in so few bytes that no two are alike. */
  private record Print(long first, long second) {}

  OpenLetters(LetterFolder folder, UnaryOperator<String> redact) {
    this.folder = folder;
    this.redact = redact;
  }

  /** Those of which no letter is kept; they count as kept from now on. */
  List<DeadLetter> without(List<DeadLetter> failures) throws IOException, InterruptedException {
    List<DeadLetter> missing = new ArrayList<>();
    for (DeadLetter failure : failures) {
      if (known().add(print(failure))) {
        missing.add(failure);
      }
    }
    return missing;
  }

  /** They are not open any more. */
  void forget(List<KeptLetter> over) {
    if (known != null) {
      for (KeptLetter letter : over) {
        known.remove(print(letter.letter()));
      }
    }
  }

  private Set<Print> known() throws IOException, InterruptedException {
    Set<Print> open = known;
    if (open == null) {
      open = new HashSet<>();
      for (LetterFile file : folder.files()) {
        read(file, open);
      }
      known = open;
    }
    return open;
  }

  private void read(LetterFile file, Set<Print> open) throws IOException, InterruptedException {
    file.read(
        letter -> {
          if (!letter.replayed()) {
            open.add(print(letter.letter()));
          }
        });
  }

  /** A letter that was kept has lost its secrets already; to look again changes nothing. */
  private Print print(DeadLetter letter) {
    String words =
        String.join(
            "\u0000",
            letter.pipeline(),
            letter.event().position().toString(),
            letter.stage(),
            Words.line(redact.apply(letter.reason())),
            letter.line().map(redact).orElse("\u0001"));
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(words.getBytes(StandardCharsets.UTF_8));
      ByteBuffer bytes = ByteBuffer.wrap(sum);
      return new Print(bytes.getLong(), bytes.getLong());
    } catch (NoSuchAlgorithmException impossible) { // every Java has it
      throw new IllegalStateException(impossible);
    }
  }
}
