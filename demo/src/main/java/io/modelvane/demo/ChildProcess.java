package io.modelvane.demo;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process of ours that ends with us. Its standard input is a pipe that we hold open: the {@link
 * Watchdog} inside the child stops it when the pipe closes, which happens even when this JVM is
 * killed. A shutdown hook waits for it, so that it is gone before we are.
 */
final class ChildProcess {
  private static final Duration HOOK_PATIENCE = Duration.ofSeconds(10);

  private static final int LAST_WORDS = 4_000;

  private final Process process;
  private final Path log;
  private final Thread hook;

  private ChildProcess(String name, Process process, Path log) {
    this.process = process;
    this.log = log;
    this.hook = new Thread(() -> endWithin(HOOK_PATIENCE), "stop-" + name);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** A JVM with our own class path. */
  record JavaCommand(List<String> options, Class<?> main, List<String> arguments) {
    JavaCommand {
      options = List.copyOf(options);
      arguments = List.copyOf(arguments);
    }

    /**
     * What libraries unpack lies in that folder, and is not left elsewhere by one that is killed.
     */
    private List<String> line(Path temporary) {
      List<String> line = new ArrayList<>();
      line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      line.add("-Djava.io.tmpdir=" + temporary);
      line.addAll(options);
      line.add(main.getName());
      line.addAll(arguments);
      return line;
    }
  }

  /**
   * Starts a child whose output is appended to a file, and whose temporary folder is that file's.
   *
   * @param environment added to our own environment
   */
  static ChildProcess start(
      String name, JavaCommand command, Map<String, String> environment, Path log) {
    Map<String, String> all = new HashMap<>(environment);
    // the variable, not -cp: a long class path would not fit on every system's command line
    all.put("CLASSPATH", absolute(System.getProperty("java.class.path")));
    return start(
        name, command.line(Objects.requireNonNull(log.toAbsolutePath().getParent())), all, log);
  }

  /**
   * Starts a child of any kind, which must end by itself when its standard input ends.
   *
   * @param line the program and its arguments
   */
  static ChildProcess start(
      String name, List<String> line, Map<String, String> environment, Path log) {
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(environment);
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      return new ChildProcess(name, builder.start(), log);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot start " + name, failure);
    }
  }

  private static String absolute(@Nullable String classPath) {
    List<String> entries = new ArrayList<>();
    for (String entry : (classPath == null ? "" : classPath).split(File.pathSeparator, -1)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  /** The end of its log, with the name of the file. */
  String lastWords() {
    String text;
    try {
      text = Files.readString(log);
    } catch (IOException unreadable) {
      text = "(" + unreadable + ")";
    }
    return log + " ends:\n" + text.substring(Math.max(0, text.length() - LAST_WORDS));
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** What it has started itself and still runs. */
  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /** The exit code; only for a process that has ended. */
  int exitCode() {
    return process.exitValue();
  }

  /** Ends it at once, as {@code kill -9} does, and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    awaitEnd(HOOK_PATIENCE);
    forget();
  }

  /**
   * Asks it to stop and waits; ends it forcibly when that takes too long.
   *
   * @return whether it stopped by itself
   */
  boolean stop(Duration patience) {
    boolean byItself = endWithin(patience);
    forget();
    return byItself;
  }

  private boolean endWithin(Duration patience) {
    try {
      process.getOutputStream().close();
    } catch (IOException gone) {
      // it has ended already
    }
    if (awaitEnd(patience)) {
      return true;
    }
    process.destroyForcibly();
    awaitEnd(HOOK_PATIENCE);
    return false;
  }

  private boolean awaitEnd(Duration patience) {
    try {
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }

  private void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyStopping) {
      // the hook is running or about to: it finds the process gone
    }
  }
}
