package io.modelvane.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where everything of one demo, or one benchmark, lies. */
public final class DemoFolder implements AutoCloseable {
  private final Path path;
  private final boolean keep;

  private DemoFolder(Path path, boolean keep) {
    this.path = path;
    this.keep = keep;
  }

  /**
   * Makes it.
   *
   * @param wanted must not exist, or be empty; a new one among the temporary files if not given
   * @param keep whether it stays after the end
   */
  static DemoFolder create(Optional<Path> wanted, boolean keep) {
    try {
      Path path =
          wanted.isPresent()
              ? writable(wanted.get().toAbsolutePath().normalize())
              : Files.createTempDirectory("modelvane-demo-");
      return new DemoFolder(path, keep);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write to a folder for the demo: " + failure, failure);
    }
  }

  /** A new one among the temporary files, which does not stay. */
  public static DemoFolder temporary() {
    return create(Optional.empty(), false);
  }

  private static Path writable(Path wanted) throws IOException {
    Files.createDirectories(wanted);
    if (!Files.isWritable(wanted)) {
      throw new AccessDeniedException(wanted.toString());
    }
    return wanted;
  }

  /** Whether a folder can be used: it is not there, or is empty. */
  static boolean isFree(Path wanted) {
    if (!Files.exists(wanted)) {
      return true;
    }
    if (!Files.isDirectory(wanted)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(wanted)) {
      return entries.findAny().isEmpty();
    } catch (IOException unreadable) {
      return false;
    }
  }

  /** The folder itself. */
  public Path path() {
    return path;
  }

  boolean isKept() {
    return keep;
  }

  /** A place within. */
  public Path resolve(String name) {
    return path.resolve(name);
  }

  /** Removes it, unless it is to be kept. */
  @Override
  public void close() {
    if (keep || !Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path one : deepestFirst) {
        Files.deleteIfExists(one);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot remove " + path, failure);
    }
  }
}
