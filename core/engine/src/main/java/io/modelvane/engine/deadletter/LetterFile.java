package io.modelvane.engine.deadletter;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * One file of dead letters, and beside it the note of those that were put back: place and checksum
 * of a letter a line.
 *
 * @param path where it is
 */
public record LetterFile(Path path) {
  /** Is shown the lines of a file. */
  public interface Visitor {
    /** A letter. */
    void letter(KeptLetter letter) throws IOException, InterruptedException;

    /** A line that is none. */
    default void unreadable(String id, String reason) {}
  }

  private String name() {
    return String.valueOf(path.getFileName());
  }

  private Path notes() {
    return path.resolveSibling(name() + ".replayed");
  }

  /**
   * Shows every letter in the order in which they were kept. A line without an end is still being
   * written, and passed over.
   */
  public void read(Visitor visitor) throws IOException, InterruptedException {
    Set<String> done = done();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      long at = 0;
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next != '\n') {
          line.write(next);
          continue;
        }
        byte[] json = line.toByteArray();
        show(visitor, json, at, done);
        at += json.length + 1;
        line.reset();
      }
    }
  }

  private void show(Visitor visitor, byte[] json, long at, Set<String> done)
      throws IOException, InterruptedException {
    if (json.length == 0) {
      return;
    }
    KeptLetter kept;
    try {
      boolean replayed = done.contains(note(at, json));
      LetterReader.Read read = LetterReader.letter(json);
      kept = new KeptLetter(name(), at, json, read.letter(), read.text(), replayed);
    } catch (IOException wrong) {
      visitor.unreadable(name() + ":" + at, String.valueOf(wrong.getMessage()));
      return;
    }
    visitor.letter(kept);
  }

  /**
   * Whether nothing will be added any more. Whoever writes to a file locks it before the first
   * letter, until it goes on to another, and nobody begins to write to one that has letters.
   */
  public boolean isSettled() throws IOException {
    if (Files.size(path) == 0) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      return lock(channel);
    } catch (IOException noLocksHere) {
      return false;
    }
  }

  /**
   * Takes the lock of a file for as long as its channel is open; false when another has it. It lies
   * where no letter ever is: some systems let nobody read what is locked.
   */
  static boolean lock(FileChannel file) throws IOException {
    try {
      return file.tryLock(Long.MAX_VALUE - 1, 1, false) != null;
    } catch (OverlappingFileLockException sameProcess) {
      return false;
    }
  }

  private Set<String> done() throws IOException {
    return Files.exists(notes())
        ? new HashSet<>(Files.readAllLines(notes(), StandardCharsets.US_ASCII))
        : Set.of();
  }

  private static String note(long at, byte[] json) {
    CRC32 sum = new CRC32();
    sum.update(json);
    return at + " " + Long.toHexString(sum.getValue());
  }

  /** Notes that letters of this file were put back; they stay noted after a crash. */
  public void note(Collection<KeptLetter> letters) throws IOException {
    StringBuilder lines = new StringBuilder();
    letters.forEach(letter -> lines.append(note(letter.at(), letter.json())).append('\n'));
    try (FileChannel channel =
        FileChannel.open(
            notes(),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND)) {
      ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  void moveTo(Path folder) throws IOException {
    Files.move(path, folder.resolve(name()), StandardCopyOption.ATOMIC_MOVE);
    if (Files.exists(notes())) { // a file without a letter has none
      Files.move(notes(), folder.resolve(notes().getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
