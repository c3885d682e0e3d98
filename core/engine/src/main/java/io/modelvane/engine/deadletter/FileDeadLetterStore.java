package io.modelvane.engine.deadletter;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.DeadLetterStore;
import io.modelvane.spi.Health;
import io.modelvane.spi.Meters;
import io.modelvane.spi.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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
    byte[] lines = LetterWriter.lines(letters, context::redact);
    try {
      if (isOverLimit(lines.length)) {
        return trouble(
            "dead letters in %s have reached the limit of %d bytes; move old files away or raise 'limit'"
                .formatted(folder, options.limit().bytes()));
      }
      append(lines);
    } catch (IOException failed) {
      return trouble("dead letters cannot be written to " + folder + ": " + failed.getMessage());
    }
    total += lines.length;
    written.add(letters.size());
    context.health(Health.UP);
    return Outcome.DONE;
  }

  /**
   * Measures again before it says so: old files may have been moved away. Where nothing else is,
   * more than the limit is taken at once: it would never fit, and its pipeline wait for ever.
   */
  private boolean isOverLimit(int more) throws IOException {
    if (total + more > options.limit().bytes()) {
      total = measure();
    }
    return total > 0 && total + more > options.limit().bytes();
  }

  private Outcome trouble(String reason) {
    context.health(new Health(Health.State.DOWN, reason));
    return new Outcome.Retryable(reason);
  }

  private void append(byte[] lines) throws IOException {
    FileChannel channel = current();
    long before = channel.size();
    try {
      channel.position(before);
      ByteBuffer buffer = ByteBuffer.wrap(lines);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(false);
    } catch (IOException failed) {
      cutBack(channel, before, failed);
      throw failed;
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
    file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return file;
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
