package io.modelvane.engine.deadletter;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.DeadLetterStore;
import io.modelvane.spi.Health;
import io.modelvane.spi.Meters;
import io.modelvane.spi.Outcome;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Appends letters to a file and forces them to the disk before it says so. A write that fails half
 * way is cut off again, so that every line is whole.
 */
final class FileDeadLetterStore implements DeadLetterStore {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

  private final FileDeadLetterOptions options;
  private final ComponentContext context;
  private final Path folder;
  private final Meters.Counter written;
  private @Nullable FileChannel file;
  private Path path;
  private long total;

  FileDeadLetterStore(FileDeadLetterOptions options, ComponentContext context) {
    this.options = options;
    this.context = context;
    this.folder = options.folder().orElse(context.dataFolder().resolve("dead-letters"));
    this.path = folder;
    this.written = context.meters().counter("written", "Dead letters kept.");
  }

  @Override
  public void start() throws ComponentException {
    try {
      Files.createDirectories(folder);
      total = measure();
    } catch (IOException unusable) {
      throw new ComponentException(
          Outcome.Kind.MISCONFIGURED,
          "the folder for dead letters " + folder + " cannot be used: " + unusable,
          unusable);
    }
  }

  private long measure() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(path -> path.toFile().length()).sum();
    }
  }

  @Override
  public synchronized Outcome write(List<DeadLetter> letters) {
    try {
      if (!fits(letters)) {
        return trouble(
            "dead letters in %s have reached the limit of %d bytes; move old files away or raise 'limit'"
                .formatted(folder, options.limit().bytes()));
      }
    } catch (IOException failed) {
      return trouble("dead letters cannot be written to " + folder + ": " + failed.getMessage());
    }
    written.add(letters.size());
    context.health(Health.UP);
    return Outcome.DONE;
  }

  /** Measures again before it says no: old files may have been moved away. */
  private boolean fits(List<DeadLetter> letters) throws IOException {
    if (append(letters)) {
      return true;
    }
    long before = total;
    total = measure();
    return total < before && append(letters);
  }

  /**
   * How much more may be written. Where nothing else is, more than the limit is taken at once: it
   * would never fit, and its pipeline wait for ever.
   */
  private long room() {
    return total == 0 ? Long.MAX_VALUE : options.limit().bytes() - total;
  }

  private Outcome trouble(String reason) {
    context.health(new Health(Health.State.DOWN, reason));
    return new Outcome.Retryable(reason);
  }

  /**
   * Appends letters; false when the limit leaves no room for all of them. Those that would not fit
   * are not begun: who follows the file would read what is cut off again.
   */
  private boolean append(List<DeadLetter> letters) throws IOException {
    long more = LetterWriter.bytes(letters, context::redact);
    if (more > room()) {
      return false;
    }
    FileChannel channel = current();
    needSpace(more);
    long before = channel.size();
    try {
      channel.position(before);
      CountedOutput out = new CountedOutput(Channels.newOutputStream(channel));
      for (DeadLetter letter : letters) {
        LetterWriter.write(letter, context::redact, out);
      }
      out.flush();
      channel.force(false);
      total += out.count();
      return true;
    } catch (IOException failed) {
      cutBack(channel, before, failed);
      throw failed;
    }
  }

  /** Asks the disk first. Some say nothing of themselves. */
  private void needSpace(long bytes) throws IOException {
    FileStore disk = Files.getFileStore(path);
    if (disk.getTotalSpace() > 0 && disk.getUsableSpace() < bytes) {
      throw new IOException(
          "no space left: %d bytes are needed, %d are there"
              .formatted(bytes, disk.getUsableSpace()));
    }
  }

  private void cutBack(FileChannel channel, long size, IOException failed) {
    try {
      channel.truncate(size);
    } catch (IOException again) {
      failed.addSuppressed(again);
      close();
    }
  }

  private FileChannel current() throws IOException {
    if (file != null
        && file.isOpen()
        && Files.exists(path)
        && file.size() < options.rotateAt().bytes()) {
      return file;
    }
    close();
    Files.createDirectories(folder);
    String name = "dead-letters-" + NAME.format(context.clock().instant());
    path = folder.resolve(name + ".jsonl");
    for (int i = 1; Files.exists(path); i++) {
      path = folder.resolve(name + "-" + i + ".jsonl");
    }
    FileChannel fresh =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    file = fresh;
    lock(fresh);
    return fresh;
  }

  /** So that nobody takes the file for one that is done with. */
  private void lock(FileChannel fresh) {
    try {
      LetterFile.lock(fresh);
    } catch (IOException noLocksHere) { // then nobody else can have it either
      context.logger().log(System.Logger.Level.DEBUG, "no lock on {0}: {1}", path, noLocksHere);
    }
  }

  private void close() {
    if (file != null) {
      try {
        file.close();
      } catch (IOException closing) {
        context.logger().log(System.Logger.Level.WARNING, "closing {0}: {1}", folder, closing);
      }
      file = null;
    }
  }

  @Override
  public synchronized void stop() {
    close();
  }
}
