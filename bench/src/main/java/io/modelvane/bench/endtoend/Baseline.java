package io.modelvane.bench.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the bare poll loop as a process of its own. */
final class Baseline {
  private static final String QUIET =
      "-Dlogback.configurationFile=io/modelvane/demo/child-logback.xml";

  private Baseline() {}

  static Run run(String brokers, Topic topic, int messages)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx64m", QUIET, "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(
        List.of(BarePollLoop.class.getName(), brokers, topic.title(), String.valueOf(messages)));
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    ProcessFigures last = ProcessFigures.NONE;
    while (process.isAlive()) {
      try {
        last = last.then(ProcessFigures.of(process));
      } catch (IOException | RuntimeException gone) {
        break;
      }
      Thread.sleep(5);
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the bare poll loop ended with " + process.exitValue());
    }
    return new Run(messages, (System.nanoTime() - start) / 1e9, 0, 0, last);
  }
}
