package io.modelvane.cli;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Starts the demo, which lies beside the distribution and is no part of it. */
@Command(
    name = "demo",
    description =
        "Show it all at work: a real Kafka broker, a real store, traffic, alerts. Arguments go to"
            + " the demo; try --help.")
final class DemoCommand implements Callable<Integer> {
  private static final String MAIN = "io.modelvane.demo.DemoMain";

  @Unmatched private List<String> arguments = new ArrayList<>();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    String set = System.getenv("MODELVANE_DEMO_HOME");
    Path demo = set == null ? Home.path().resolve("demo") : Path.of(set);
    if (!Files.isDirectory(demo.resolve("lib"))) {
      spec.commandLine()
          .getErr()
          .println(
              "modelvane: the demo is not in "
                  + demo
                  + "; unpack modelvane-demo-"
                  + Main.version()
                  + ".zip beside bin/, or set MODELVANE_DEMO_HOME");
      return ExitCode.CONFIGURATION;
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", demo.resolve("lib") + File.separator + "*", MAIN));
    command.addAll(List.of("--home", Home.path().toString()));
    command.addAll(List.of("--launched-at", launchedAt().toString()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).inheritIO().start();
    // The terminal's Ctrl-C reaches both; the demo ends first, and we with its code.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process), "end-demo"));
    return process.waitFor();
  }

  /** When this JVM began, so that the demo can say how long the user waited. */
  private static Instant launchedAt() {
    return Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
  }

  private static void end(Process process) {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
    }
  }
}
