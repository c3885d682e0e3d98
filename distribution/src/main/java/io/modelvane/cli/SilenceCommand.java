package io.modelvane.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Silences of a running Modelvane. */
@Command(
    name = "silence",
    description = "Keep notifications back for a while: make, list and end silences.",
    mixinStandardHelpOptions = true,
    subcommands = {SilenceAddCommand.class, SilenceListCommand.class, SilenceEndCommand.class})
final class SilenceCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
