package io.modelvane.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One ground for all short cases, and for the test of the oracle; ends with the last of them. */
final class SharedGround implements BeforeAllCallback, AutoCloseable {
  private static volatile @Nullable SharedGround instance;

  private @Nullable Path folder;
  private @Nullable Ground ground;

  @Override
  public void beforeAll(ExtensionContext context) {
    instance =
        context
            .getRoot()
            .getStore(Namespace.GLOBAL)
            .computeIfAbsent(SharedGround.class, key -> started(), SharedGround.class);
  }

  private static SharedGround started() {
    try {
      SharedGround shared = new SharedGround();
      Path own = Files.createTempDirectory("ground");
      shared.folder = own;
      shared.ground =
          new Ground(
              FaultCase.Brokers.SHARED,
              own.resolve("broker"),
              new ClassArchive(own.resolve("classes.jsa")));
      return shared;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The ground, in a test that is extended with this. */
  static Ground ground() {
    return Objects.requireNonNull(Objects.requireNonNull(instance).ground);
  }

  @Override
  public void close() throws IOException {
    if (ground != null) {
      ground.close();
    }
    if (folder != null) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
