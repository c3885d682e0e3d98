package io.modelvane.cli;

import io.modelvane.engine.config.SchemaWriter;
import io.modelvane.engine.plugin.PluginHost;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what every component can be told, or writes it into the documentation of a clone. */
@Command(
    name = "options",
    description = "Print the options of every component, as Markdown.",
    mixinStandardHelpOptions = true)
final class OptionsCommand implements Callable<Integer> {
  @Mixin private PluginArguments plugins = new PluginArguments();

  @Option(
      names = "--write",
      paramLabel = "CLONE",
      description =
          "Instead, fill the option tables of all Markdown files below this folder and write its"
              + " docs/schema.json.")
  private @Nullable Path clone;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    try (PluginHost host = plugins.load(err)) {
      OptionPages pages = new OptionPages(host.catalogue());
      if (clone == null) {
        spec.commandLine().getOut().print(pages.reference());
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
      }
      if (!Files.isDirectory(clone)) {
        err.println("modelvane: no such folder: " + clone);
        return ExitCode.USAGE;
      }
      write(clone, pages, new SchemaWriter(host.catalogue()).write());
      return ExitCode.DONE;
    }
  }

  private void write(Path root, OptionPages pages, String schema) throws IOException {
    for (Path page : OptionPages.below(root)) {
      replace(page, pages.fill(page));
    }
    Path docs = root.resolve("docs");
    if (Files.isDirectory(docs)) {
      replace(docs.resolve("schema.json"), schema);
    }
  }

  private void replace(Path file, String text) throws IOException {
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Files.writeString(file, text);
      spec.commandLine().getOut().println("wrote " + file);
    }
  }
}
