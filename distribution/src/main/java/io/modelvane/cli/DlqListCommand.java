package io.modelvane.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.modelvane.engine.deadletter.KeptLetter;
import io.modelvane.engine.deadletter.LetterFile;
import io.modelvane.engine.deadletter.LetterFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sums dead letters up. */
@Command(
    name = "list",
    description = "Count dead letters that were not put back, by pipeline, stage and reason.",
    mixinStandardHelpOptions = true)
final class DlqListCommand implements Callable<Integer> {
  @Mixin private LetterArguments wanted = new LetterArguments();
  @Mixin private PluginArguments plugins = new PluginArguments();

  @Option(names = "--json", description = "As JSON.")
  private boolean asJson;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    Optional<LetterFolder> folder = wanted.folder(spec, plugins);
    if (folder.isEmpty()) {
      return ExitCode.CONFIGURATION;
    }
    LetterGroups groups = new LetterGroups();
    for (LetterFile file : folder.get().files()) {
      file.read(new Counting(groups, err));
    }
    if (groups.count() == 0 && wanted.isUnknownPipeline(err)) {
      return ExitCode.USAGE;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(asJson ? json(groups.sorted()) : table(groups));
    out.flush();
    return ExitCode.DONE;
  }

  /** Counts what is wanted, and names what cannot be read. */
  private final class Counting implements LetterFile.Visitor {
    private final LetterGroups groups;
    private final PrintWriter err;

    Counting(LetterGroups groups, PrintWriter err) {
      this.groups = groups;
      this.err = err;
    }

    @Override
    public void letter(KeptLetter letter) {
      if (wanted.wants(letter)) {
        groups.add(letter);
      }
    }

    @Override
    public void unreadable(String id, String reason) {
      err.println("modelvane: what stands in " + id + " is no dead letter: " + reason);
    }
  }

  private static String table(LetterGroups groups) {
    if (groups.count() == 0) {
      return "no dead letters%n".formatted();
    }
    StringBuilder table = new StringBuilder();
    for (LetterGroups.Group group : groups.sorted()) {
      table.append(
          "%8d  %s, %s: %s%n"
              .formatted(group.count(), group.pipeline(), group.stage(), group.reason()));
      table.append(
          "          %s to %s, for example %s%n"
              .formatted(group.earliest(), group.latest(), group.example()));
    }
    return table.append("%8d  in all%n".formatted(groups.count())).toString();
  }

  private static String json(List<LetterGroups.Group> groups) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      json.writeStartArray();
      for (LetterGroups.Group group : groups) {
        json.writeStartObject();
        json.writeStringField("pipeline", group.pipeline());
        json.writeStringField("stage", group.stage());
        json.writeStringField("reason", group.reason());
        json.writeNumberField("count", group.count());
        json.writeStringField("first", group.earliest().toString());
        json.writeStringField("last", group.latest().toString());
        json.writeStringField("example", group.example());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    return text + System.lineSeparator();
  }
}
