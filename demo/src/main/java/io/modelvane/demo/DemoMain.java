package io.modelvane.demo;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The main class of {@code modelvane demo}. */
@Command(
    name = "demo",
    description =
        "Shows Modelvane at work on this machine: a real Kafka broker, a real time-series store,"
            + " traffic of five models, and a receiver that plays Slack, PagerDuty and a webhook."
            + " Ctrl-C ends it.",
    synopsisHeading = "Usage: modelvane ",
    customSynopsis = "demo [--once] [--keep] [--rate=N] [--folder=FOLDER]")
public final class DemoMain implements Callable<Integer> {
  private static final int DONE = 0;
  private static final int USAGE = 64;
  private static final int FAULT = 70;
  private static final double LOWEST_RATE = 10;
  private static final double HIGHEST_RATE = 5_000;

  @Option(
      names = "--once",
      description =
          "End after the first CRIT, its recovery and a silence have reached everybody, and check"
              + " that every call is accounted for.")
  private boolean once;

  @Option(names = "--keep", description = "Keep the folder with all data and logs.")
  private boolean keep;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "200",
      description = "Calls per second, 10 to 5000 (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "Where data and logs go (default: a new one among the temporary files).")
  private @Nullable Path folder;

  @Option(names = "--help", usageHelp = true, description = "Show this and exit.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  @Option(names = "--home", hidden = true, defaultValue = ".", description = "The distribution.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private Path home;

  @Option(names = "--launched-at", hidden = true, description = "When the launcher was started.")
  private @Nullable Instant launchedAt;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  /** Runs the demo and ends the process with its code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new DemoMain());
    line.registerConverter(Instant.class, Instant::parse);
    line.setParameterExceptionHandler(DemoMain::wrongUsage);
    return line;
  }

  private static int wrongUsage(ParameterException wrong, String[] arguments) {
    PrintWriter err = wrong.getCommandLine().getErr();
    err.println("modelvane demo: " + wrong.getMessage());
    err.println("Try 'modelvane demo --help'.");
    return USAGE;
  }

  @Override
  public Integer call() {
    validate();
    DemoFolder place;
    try {
      place = DemoFolder.create(Optional.ofNullable(folder), keep);
    } catch (UncheckedIOException unwritable) {
      throw wrong(unwritable.getMessage() + "; name another with --folder");
    }
    StopRequest stop = StopRequest.ofSignals(Thread.currentThread());
    if (launchedAt != null) {
      endWithLauncher(stop);
    }
    try (place) {
      System.setProperty("modelvane.demo.folder", place.path().toString());
      System.setProperty("logback.configurationFile", "io/modelvane/demo/demo-logback.xml");
      return run(place, stop);
    }
  }

  private int run(DemoFolder place, StopRequest stop) {
    Instant launch = launchedAt == null ? Instant.now() : launchedAt;
    DemoSettings settings = new DemoSettings(home.toAbsolutePath().normalize(), once, rate, launch);
    try {
      new Demo(settings, place, Screen.ofThisProcess(), stop).run();
    } catch (Demo.Failed | RuntimeException failure) {
      if (!stop.isMade()) {
        spec.commandLine().getErr().println("modelvane demo: " + failure.getMessage());
        if (!keep) {
          spec.commandLine().getErr().println("With --keep the logs stay to be looked at.");
        }
        return FAULT;
      }
    }
    return stop.isMade() ? stop.exitCode() : DONE;
  }

  private void validate() {
    if (!(rate >= LOWEST_RATE && rate <= HIGHEST_RATE)) {
      throw wrong("--rate must be 10 to 5000, not " + rate);
    }
    if (folder != null && !DemoFolder.isFree(folder)) {
      throw wrong("--folder " + folder + " is not empty; name one that is, or none");
    }
    if (!Files.isExecutable(home.resolve("bin").resolve("modelvane"))) {
      throw wrong(
          "no launcher bin/modelvane in " + home + "; start the demo with 'modelvane demo'");
    }
    if (!Files.isExecutable(Path.of("/bin/sh"))) {
      throw wrong("the demo needs a system with /bin/sh: Linux, macOS or WSL");
    }
  }

  private ParameterException wrong(String words) {
    return new ParameterException(spec.commandLine(), words);
  }

  /** A launcher that is killed cannot tell us to stop. */
  private static void endWithLauncher(StopRequest stop) {
    ProcessHandle.current()
        .parent()
        .ifPresent(
            launcher -> {
              var unused = launcher.onExit().thenRun(() -> stop.stop(143));
            });
  }
}
