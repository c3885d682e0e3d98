package io.modelvane.bench.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The built distribution, running. */
final class LaunchedProduct implements AutoCloseable {
  private final Process process;
  private final Path errors;

  private LaunchedProduct(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
  }

  /**
   * Starts it as a user would.
   *
   * @param home the unpacked distribution
   * @param folder for its configuration and logs
   * @param java the JDK to run on; the launcher chooses when there is none
   */
  static LaunchedProduct start(Path home, Path folder, String configuration, Optional<Path> java)
      throws IOException {
    Files.createDirectories(folder);
    Path config = folder.resolve("modelvane.yaml");
    Files.writeString(config, configuration);
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(home.resolve("bin/modelvane").toString(), "run", "-c", config.toString()));
    java.ifPresent(
        path -> {
          builder.environment().put("JAVA_HOME", path.toString());
          builder.environment().put("PATH", path.resolve("bin") + ":/usr/bin:/bin");
        });
    Path errors = folder.resolve("errors.log");
    builder.redirectError(errors.toFile()).redirectOutput(folder.resolve("out.log").toFile());
    return new LaunchedProduct(builder.start(), errors);
  }

  /** What it has used until now. */
  ProcessFigures figures() throws IOException {
    return ProcessFigures.of(process);
  }

  /**
   * Fails when it has ended.
   *
   * @throws IllegalStateException with the end of what it wrote
   */
  void check() throws IOException {
    if (!process.isAlive()) {
      List<String> lines = Files.readAllLines(errors);
      throw new IllegalStateException(
          "the product ended with %d: %s"
              .formatted(
                  process.exitValue(),
                  lines.subList(Math.max(0, lines.size() - 10), lines.size())));
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
