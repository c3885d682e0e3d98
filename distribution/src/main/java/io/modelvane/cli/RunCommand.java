package io.modelvane.cli;

import io.modelvane.engine.Modelvane;
import io.modelvane.engine.StartFailure;
import io.modelvane.engine.config.Configuration;
import io.modelvane.engine.config.Loaded;
import io.modelvane.engine.plugin.PluginHost;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs until it is stopped. */
@Command(
    name = "run",
    description = "Run a configuration until the process is asked to stop.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Mixin private ConfigurationArguments configuration = new ConfigurationArguments();
  @Mixin private PluginArguments plugins = new PluginArguments();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    PluginHost host = plugins.load(err);
    Loaded loaded = configuration.load(host.catalogue(), err);
    if (loaded.configuration().isEmpty()) {
      host.close();
      return ExitCode.CONFIGURATION;
    }
    return run(loaded.configuration().get(), host, err);
  }

  private int run(Configuration valid, PluginHost host, PrintWriter err)
      throws InterruptedException {
    Modelvane modelvane;
    try {
      modelvane = Modelvane.start(valid, Clock.systemUTC());
    } catch (StartFailure failure) {
      failure.reasons().forEach(reason -> err.println("modelvane: " + reason));
      host.close();
      return ExitCode.CONFIGURATION;
    }
    // The plugins' class loaders stay open until the process ends: threads may still use them.
    Runtime.getRuntime().addShutdownHook(new Thread(modelvane::stop, "stop"));
    HeapGrowth.watch();
    InetSocketAddress http = modelvane.httpAddress();
    spec.commandLine()
        .getOut()
        .printf(
            "modelvane runs: %d pipelines; http://%s:%d/ready and /metrics%n",
            valid.pipelines().size(), http.getHostString(), http.getPort());
    spec.commandLine().getOut().flush();
    if (modelvane.awaitEnd()) {
      return ExitCode.DONE;
    }
    err.println("modelvane: every pipeline has given up; see the messages above");
    modelvane.stop();
    return ExitCode.FAULT;
  }
}
