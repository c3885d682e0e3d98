package io.modelvane.engine.state;

import io.modelvane.engine.words.FileTrouble;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The folder for local data, locked for as long as this process uses it. */
public final class DataFolder implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Makes the folder if need be and locks it.
   *
   * @throws ComponentException {@code MISCONFIGURED} when it cannot be used, or another process
   *     does
   */
  public static DataFolder open(Path path) throws ComponentException {
    try {
      Files.createDirectories(path);
      Path file = path.resolve("lock");
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        String owner = Files.readString(file).strip();
        channel.close();
        throw new ComponentException(
            Outcome.Kind.MISCONFIGURED,
            "the data folder %s is in use by process %s; stop it, or set another folder with 'data:'"
                .formatted(path.toAbsolutePath(), owner.isEmpty() ? "(unknown)" : owner));
      }
      channel.truncate(0);
      String pid = Long.toString(ProcessHandle.current().pid());
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
      channel.force(true);
      return new DataFolder(path, channel);
    } catch (IOException unusable) {
      throw new ComponentException(
          Outcome.Kind.MISCONFIGURED,
          "the data folder %s cannot be used (%s); make it writable, or set another with 'data:'"
              .formatted(path.toAbsolutePath(), FileTrouble.words(unusable)),
          unusable);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      return null;
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Unlocks it. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
