package io.modelvane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Compares what the process holds at two moments: threads, and, where the system has {@code
 * /proc/self/fd}, sockets and files. What the JDK itself opens on first use is not counted.
 */
public final class Leaks {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  // It waits for processes that a test has started, and stays for a minute.
  private static final String OF_THE_JDK = "process reaper";

  private final Predicate<String> shared;
  private final Set<Thread> threads;
  private final Map<String, Integer> files;

  static {
    openTheFirstChannel();
  }

  private Leaks(Predicate<String> shared) {
    this.shared = shared;
    this.threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    this.files = files();
  }

  /** With the first channel the JDK opens a socket, which it keeps and which is nobody's leak. */
  private static void openTheFirstChannel() {
    try {
      Path file = Files.createTempFile("first", ".channel");
      FileChannel.open(file, StandardOpenOption.DELETE_ON_CLOSE).close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * Remembers what there is now.
   *
   * @param shared tells by its name a thread that a library keeps for the whole process
   */
  public static Leaks since(Predicate<String> shared) {
    return new Leaks(shared);
  }

  /** Waits a few seconds for what is new to go, and fails naming what stays. */
  public void assertNone() {
    assertNoneWithin(PATIENCE);
  }

  void assertNoneWithin(Duration patience) {
    Awaitility.await("threads, sockets and files to be released")
        .atMost(patience)
        .pollInterval(Duration.ofMillis(20))
        .pollInSameThread()
        .untilAsserted(() -> assertThat(found()).isEmpty());
  }

  private List<String> found() {
    List<String> found = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.isAlive() && !threads.contains(thread) && !isExpected(thread)) {
        found.add("thread " + thread.getName());
      }
    }
    files()
        .forEach(
            (name, count) -> {
              if (count > files.getOrDefault(name, 0)) {
                found.add("open " + name);
              }
            });
    return found;
  }

  private boolean isExpected(Thread thread) {
    String name = thread.getName();
    return shared.test(name)
        || name.startsWith(OF_THE_JDK)
        || name.equals(ScriptedServer.THREAD)
        || name.equals(FaultProxy.THREAD)
        || name.equals(Greeter.THREAD);
  }

  private static Map<String, Integer> files() {
    Map<String, Integer> counts = new HashMap<>();
    if (!Files.isDirectory(DESCRIPTORS)) {
      return counts;
    }
    try (Stream<Path> all = Files.list(DESCRIPTORS)) {
      for (Path descriptor : all.toList()) {
        String name = target(descriptor);
        if (isOwn(name)) {
          counts.merge(name, 1, Integer::sum);
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return counts;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException goneMeanwhile) {
      return "";
    }
  }

  private static boolean isOwn(String name) {
    return !name.isEmpty()
        && !name.endsWith(".jar")
        && !name.startsWith("/dev/")
        && !name.startsWith("/proc/")
        && !name.startsWith(System.getProperty("java.home"));
  }
}
