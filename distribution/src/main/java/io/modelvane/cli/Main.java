package io.modelvane.cli;

import io.modelvane.engine.words.Words;
import io.modelvane.spi.Spi;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** {@code modelvane}. */
@Command(
    name = "modelvane",
    description = "Watches machine-learning models in production.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
public final class Main {
  private static final List<Class<?>> COMMANDS =
      List.of(
          RunCommand.class,
          DemoCommand.class,
          ValidateCommand.class,
          PluginsCommand.class,
          SchemaCommand.class,
          DashboardsCommand.class,
          DlqCommand.class,
          IncidentsCommand.class,
          SilenceCommand.class,
          AckCommand.class,
          SnoozeCommand.class,
          CloseCommand.class,
          NotifyTestCommand.class,
          WhyCommand.class,
          WhyNotCommand.class,
          OptionsCommand.class);

  /** Says what this is. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "modelvane " + Main.version() + " (plugin interface " + Spi.VERSION + ")",
        "Java " + System.getProperty("java.version") + ", " + System.getProperty("java.vendor")
      };
    }
  }

  private Main() {}

  /** The version of this build. */
  static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? Spi.VERSION : version;
  }

  /** Runs a command and ends the process with its code. */
  public static void main(String[] arguments) {
    // What a start need not read is a tenth of its time.
    boolean runs = arguments.length > 0 && arguments[0].equals("run");
    System.exit(execute(runs ? line(List.of(RunCommand.class)) : line(), arguments));
  }

  /** All commands; writes to the streams of the process unless told otherwise. */
  static CommandLine line() {
    return line(COMMANDS);
  }

  private static CommandLine line(List<Class<?>> commands) {
    CommandLine line = new CommandLine(new Main());
    commands.forEach(line::addSubcommand);
    TextValues.register(line);
    line.setParameterExceptionHandler(Main::wrongUsage);
    line.setExecutionExceptionHandler(
        (failure, command, result) -> {
          command.getErr().println("modelvane: " + Words.line(failure.toString()));
          System.getLogger(Main.class.getName())
              .log(System.Logger.Level.ERROR, "unexpected failure", failure);
          return ExitCode.FAULT;
        });
    return line;
  }

  /** Runs a command and returns its code. */
  static int execute(CommandLine line, String... arguments) {
    if (arguments.length == 0) {
      line.usage(line.getErr());
      return ExitCode.USAGE;
    }
    return line.execute(arguments);
  }

  private static int wrongUsage(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    command.getErr().println("modelvane: " + wrong.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, command.getErr())) {
      command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    }
    return ExitCode.USAGE;
  }
}
