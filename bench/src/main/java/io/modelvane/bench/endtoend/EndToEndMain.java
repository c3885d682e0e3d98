package io.modelvane.bench.endtoend;

import io.modelvane.demo.DemoFolder;
import io.modelvane.demo.KafkaBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs each scenario beside the bare poll loop, in turns. */
@Command(
    name = "end-to-end",
    description = "Measures the built distribution against a bare poll loop.",
    mixinStandardHelpOptions = true)
public final class EndToEndMain implements Callable<Integer> {
  @Parameters(description = "The folder of the unpacked distribution.")
  private Path home = Path.of(".");

  @Option(names = "--messages", description = "Messages in each topic.")
  private int messages = 2_000_000;

  @Option(names = "--rounds", description = "How often each is run.")
  private int rounds = 3;

  @Option(names = "--only", description = "A regular expression: the scenarios to run.")
  private Pattern only = Pattern.compile(".*");

  @Option(names = "--newer-java", description = "A newer JDK to run on as well.")
  private @Nullable Path newerJava;

  @Option(
      names = "--at-least",
      description =
          "Fails when a scenario's rate per CPU second is less than so much of the bare one's.")
  private double atLeast;

  @Option(
      names = "--rest",
      description =
          "The product's memory is read after so many seconds without a message; 0: not at all.")
  private int rest = 20;

  @Option(names = "--report", description = "A file whose tables are written anew.")
  private @Nullable Path report;

  @Option(names = "--json", description = "A file for all figures.")
  private @Nullable Path json;

  private EndToEndMain() {}

  /** Runs it and prints the figures. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new EndToEndMain()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Scenario> scenarios =
        Scenario.all(Optional.ofNullable(newerJava)).stream()
            .filter(scenario -> only.matcher(scenario.name()).matches())
            .toList();
    try (DemoFolder place = DemoFolder.temporary();
        KafkaBroker broker = KafkaBroker.inOwnProcess(place.resolve("kafka")).start()) {
      fill(broker, scenarios);
      List<Run> bare = new ArrayList<>();
      Map<Scenario, List<Run>> runs = new LinkedHashMap<>();
      Measurement measurement =
          new Measurement(home.toAbsolutePath(), place.path(), broker.bootstrapServers());
      for (int round = 0; round < rounds; round++) {
        bare.add(Baseline.run(broker.bootstrapServers(), Topic.USUAL, messages));
        System.out.printf(Locale.ROOT, "%-14s %s%n", "bare", bare.get(round));
        for (Scenario scenario : scenarios) {
          Run run = measurement.run(scenario, scenario.name() + "-" + round, messages);
          System.out.printf(Locale.ROOT, "%-14s %s%n", scenario.name(), run);
          runs.computeIfAbsent(scenario, none -> new ArrayList<>()).add(run);
        }
      }
      Report told = new Report(bare, runs);
      told.tell(Optional.ofNullable(report), Optional.ofNullable(json));
      if (rest > 0) {
        rest(broker, place.path(), scenarios);
      }
      return told.least() < atLeast ? 1 : 0;
    }
  }

  private void rest(KafkaBroker broker, Path folder, List<Scenario> scenarios)
      throws IOException, InterruptedException {
    broker.createTopic(Topic.EMPTY.title(), 1, Map.of());
    AtRest atRest = new AtRest(home.toAbsolutePath(), folder, broker.bootstrapServers());
    for (Scenario scenario : scenarios) {
      if (List.of("metrics", "alerts", "both").contains(scenario.name())) {
        atRest.measure(scenario.about(Topic.EMPTY), rest);
      }
    }
    atRest.tell(Optional.ofNullable(report));
  }

  private void fill(KafkaBroker broker, List<Scenario> scenarios) {
    List<Topic> topics = new ArrayList<>(scenarios.stream().map(Scenario::topic).toList());
    topics.add(Topic.USUAL);
    for (Topic topic : topics.stream().distinct().toList()) {
      broker.createTopic(topic.title(), topic.partitions(), Map.of());
      topic.fill(broker.bootstrapServers(), messages);
    }
  }
}
