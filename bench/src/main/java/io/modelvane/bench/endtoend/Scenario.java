package io.modelvane.bench.endtoend;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the product is given to do.
 *
 * @param words for the report
 */
record Scenario(String name, String words, Topic topic, Work work, Surface surface) {
  /**
   * What it does with the messages.
   *
   * @param metrics whether it stores
   * @param checks how many thresholds it watches; none for no alerting at all
   * @param gzip whether what is stored is compressed on its way
   */
  record Work(boolean metrics, int checks, boolean gzip) {}

  /**
   * What it runs on.
   *
   * @param processes of the product, in the same groups
   * @param realStore a time-series store that stores, in place of one that answers 204
   * @param java another JDK than the launcher's choice
   */
  record Surface(int processes, boolean realStore, Optional<Path> java) {
    static final Surface USUAL = new Surface(1, false, Optional.empty());
  }

  /** Everything measured, cheapest first. */
  static List<Scenario> all(Optional<Path> newerJava) {
    Topic usual = Topic.USUAL;
    List<Scenario> all = new ArrayList<>();
    all.add(metricsAlone());
    all.add(of("gzip", "the same, gzip", usual).doing(new Work(true, 0, true)));
    all.add(of("uncompressed", "the same, topic without compression", new Topic(1, "none", 200)));
    all.add(of("partitions", "the same, 4 partitions", new Topic(4, "lz4", 200)));
    all.add(of("partitions-64", "the same, 64 partitions", new Topic(64, "lz4", 200)));
    all.add(
        of("processes", "the same, 4 partitions, 2 processes together", new Topic(4, "lz4", 200))
            .on(new Surface(2, false, Optional.empty())));
    all.add(of("series-20", "the same, 20 series", new Topic(1, "lz4", 20)));
    all.add(of("series", "the same, 20,000 series", new Topic(1, "lz4", 20_000)));
    all.add(of("series-200k", "the same, 200,000 series", new Topic(1, "lz4", 200_000)));
    all.add(of("long", "the same, 22 more numbers, 700 bytes", new Topic(1, "lz4", 200, 22)));
    all.add(
        of("real-store", "`metrics` to QuestDB on the same machine, no gzip", usual)
            .on(new Surface(1, true, Optional.empty())));
    for (int checks : new int[] {20, 1, 100}) {
      all.add(
          of(
                  checks == 20 ? "alerts" : "alerts-" + checks,
                  "`alerts` alone, %,d threshold%s".formatted(checks, checks == 1 ? "" : "s"),
                  usual)
              .doing(new Work(false, checks, false)));
    }
    all.add(of("both", "both pipelines, 20 thresholds", usual).doing(new Work(true, 20, false)));
    newerJava.ifPresent(
        java ->
            all.add(
                of("newer-java", "`metrics`, no gzip, on " + java.getFileName(), usual)
                    .on(new Surface(1, false, newerJava))));
    return all;
  }

  /** The first of all. */
  static Scenario metricsAlone() {
    return of("metrics", "`metrics` to a 204 stub, no gzip", Topic.USUAL);
  }

  /** Both pipelines, for delays. */
  static Scenario latency() {
    return of("latency", "both pipelines, 20 thresholds", Topic.USUAL)
        .doing(new Work(true, 20, false));
  }

  private static Scenario of(String name, String words, Topic topic) {
    return new Scenario(name, words, topic, new Work(true, 0, false), Surface.USUAL);
  }

  /** The same with other messages. */
  Scenario about(Topic otherTopic) {
    return new Scenario(name, words, otherTopic, work, surface);
  }

  private Scenario doing(Work otherWork) {
    return new Scenario(name, words, topic, otherWork, surface);
  }

  private Scenario on(Surface otherSurface) {
    return new Scenario(name, words, topic, work, otherSurface);
  }

  boolean metrics() {
    return work.metrics();
  }

  int checks() {
    return work.checks();
  }

  /** The pipelines by name. */
  List<String> pipelines() {
    List<String> names = new ArrayList<>();
    if (metrics()) {
      names.add("metrics");
    }
    if (checks() > 0) {
      names.add("alerts");
    }
    return names;
  }

  /** The consumer groups of its pipelines in {@code run}. */
  List<String> groups(String run) {
    return pipelines().stream().map(pipeline -> pipeline + "-" + run).toList();
  }

  /** The configuration, for pipelines whose consumer groups end in {@code run}. */
  String configuration(Surroundings around, String run) {
    return """
    data: %s
    http: { port: 0 }
    sources:
    %ssinks:
    %s%s%spipelines:
    %s\
    """
        .formatted(
            around.data(),
            join(pipelines(), name -> source(name, around, run)),
            metrics() ? store(around) : "",
            checks() > 0 ? alerting() : "",
            checks() > 0 ? people(around) : "",
            join(pipelines(), Scenario::pipeline));
  }

  private static String join(
      List<String> names, java.util.function.Function<String, String> block) {
    return names.stream().map(block).collect(Collectors.joining());
  }

  private String source(String name, Surroundings around, String run) {
    return "  %s: { type: kafka, bootstrap_servers: [\"%s\"], topics: [%s], group_id: %s-%s }\n"
        .formatted(name, around.brokers(), topic.title(), name, run);
  }

  private String store(Surroundings around) {
    return """
      influx:
        type: influxdb
        url: http://127.0.0.1:%d
        org: bench
        bucket: insights
        token: bench-token
        gzip: %s
    """
        .formatted(around.storePort(), work.gzip() ? "on" : "off");
  }

  /** Thresholds on one field that all calls are looked at by, and that only a breach reaches. */
  private String alerting() {
    String thresholds =
        IntStream.range(0, checks())
            .mapToObj(
                i ->
                    "      t%d: { type: threshold, field: risk_score, levels: { crit: \"> 0.%d\" } }\n"
                        .formatted(i, 900 + i % 50))
            .collect(Collectors.joining());
    return """
      alerting:
        type: alerting
        checks:
    %s    rules:
          tell: { checks: [t0], notify: [hook] }
    """
        .formatted(thresholds);
  }

  private static String people(Surroundings around) {
    return "notifiers:\n  hook: { type: http, url: \"http://127.0.0.1:%d/\" }\n"
        .formatted(around.hookPort());
  }

  private static String pipeline(String name) {
    return "  %s: { source: %s, decode: algorithmia-insights, sinks: [%s] }\n"
        .formatted(name, name, name.equals("metrics") ? "influx" : "alerting");
  }

  /** Where everything else is. */
  record Surroundings(Path data, String brokers, int storePort, int hookPort) {}
}
