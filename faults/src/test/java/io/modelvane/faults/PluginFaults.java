package io.modelvane.faults;

import static io.modelvane.faults.FaultCase.named;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What plugins of other people do. */
final class PluginFaults {
  private static final int MISCONFIGURED = 78;
  private static final int OUT_OF_MEMORY = 3;

  static final List<FaultCase> ALL =
      List.of(
          named("jars that are no plugins; plugin that offers nothing but an exception")
              .before(
                  stage ->
                      plugins(stage)
                          .withGarbage("garbage.jar")
                          .with("unborn", "broken.Unborn")
                          .with("barren", "broken.Barren"))
              .bitten(
                  stage ->
                      stage.await(
                          "all are named",
                          () ->
                              Stream.of("garbage.jar", "unborn on purpose", "barren on purpose")
                                  .allMatch(stage.product().words()::contains))),
          named("plugins that throw at work and at stop")
              .before(PluginFaults::broken)
              .configured(broken("work: throw, mark: throw, stop: throw"))
              .bitten(PluginFaults::awaitGivenUp),
          named("plugins that throw when asked; answer nonsense; answer nothing")
              .before(PluginFaults::broken)
              .configured(broken("ask: throw", "work: babble", "work: nothing"))
              .bitten(
                  stage ->
                      stage.await(
                          "two pipelines have given up",
                          () ->
                              Stream.of("rejected a row that", " answered nothing")
                                  .allMatch(stage.product().body("/ready")::contains))),
          named("plugins that hang at work and at stop")
              .before(PluginFaults::broken)
              .configured(broken("work: hang, stop: hang"))
              .fault(stage -> {}),
          named("plugins that hang at start")
              .before(PluginFaults::broken)
              .configured(broken("start: hang, stop: hang"))
              .bitten(
                  stage -> stage.awaitPart("sink broken", "its start has not come back within")),
          named("transform that throws over some points")
              .before(PluginFaults::broken)
              .configured(
                  text ->
                      text.replace(
                              "pipelines:\n",
                              "transforms:\n  brittle: { type: brittle }\npipelines:\n")
                          .replaceFirst(
                              "(?s)(keep_ids: true }\n)", "$1    transforms: [brittle]\n"))
              .refuses(FaultCase.Refusal.FOR_GOOD)
              .bitten(
                  stage ->
                      stage.await(
                          "some are given up",
                          () -> stage.letters().of(stage.metrics()).contains("id-193"))),
          named("decoder that throws over some messages")
              .before(
                  stage -> {
                    var unused = plugins(stage).with("fragile", "broken.Fragile");
                    stage.traffic().burst(300);
                  })
              .configured(
                  text -> text.replace("{ type: algorithmia-insights, keep_ids: true }", "fragile"))
              .refuses(FaultCase.Refusal.FOR_GOOD)
              .bitten(
                  stage ->
                      stage.await(
                          "some are given up",
                          () ->
                              stage
                                  .letters()
                                  .of(stage.metrics())
                                  .containsAll(Set.of("id-96", "id-193")))),
          named("plugins that leak threads")
              .before(PluginFaults::broken)
              .configured(broken("work: leak"))
              .bitten(
                  stage ->
                      stage.await(
                          "threads are left",
                          () -> stage.product().metric("jvm_threads_live_threads") > 120)),
          named("plugins that flood the log")
              .before(PluginFaults::broken)
              .configured(broken("work: flood"))
              .bitten(
                  stage ->
                      stage.await(
                          "the log is long", () -> stage.product().words().length() > 1_500_000)),
          named("plugin that allocates without bound")
              .before(
                  stage -> {
                    broken(stage);
                    stage.traffic().burst(100);
                    Product doomed =
                        stage.launch(stage.configure("broken.yaml", broken("work: allocate")));
                    doomed.expect(OUT_OF_MEMORY, "OutOfMemoryError");
                    stage.processes().retire(doomed);
                  }),
          named("plugin that asks for more than there is")
              .java("-XX:-ExitOnOutOfMemoryError")
              .before(PluginFaults::broken)
              .configured(broken("work: grab"))
              .bitten(
                  stage ->
                      stage.await(
                          "its pipeline has given up",
                          () -> stage.product().body("/ready").contains("OutOfMemoryError"))),
          named("plugin that throws when it is made, and at start")
              .before(
                  stage -> {
                    broken(stage);
                    refused(stage, "make: throw");
                    refused(stage, "traits: throw");
                    refused(stage, "start: throw");
                  }));

  private PluginFaults() {}

  private static PluginFolder plugins(Stage stage) throws Exception {
    return PluginFolder.in(stage.folder().resolve("plugins"));
  }

  private static void broken(Stage stage) throws Exception {
    var unused = plugins(stage).with("broken", "broken.Broken");
  }

  private static void refused(Stage stage, String manners) throws Exception {
    Product refused = stage.launch(stage.configure("broken.yaml", broken(manners)));
    refused.expect(MISCONFIGURED, "broken on purpose");
    stage.processes().retire(refused);
  }

  private static void awaitGivenUp(Stage stage) {
    stage.await(
        "its pipeline has given up",
        () -> stage.product().body("/ready").contains("broken on purpose"));
    stage.awaitFlow();
  }

  /** Broken notifiers among those that are told, and broken sinks with a pipeline each. */
  private static UnaryOperator<String> broken(String... manners) {
    return text -> {
      String changed = text;
      for (int i = 0; i < manners.length; i++) {
        changed = withBroken(changed, i == 0 ? "broken" : "broken" + (i + 1), manners[i]);
      }
      return changed;
    };
  }

  private static String withBroken(String text, String name, String manners) {
    String broken = "  " + name + ": { type: broken, " + manners + " }\n";
    return text.replaceFirst("(notify: \\[[^]]*)]", "$1, " + name + "]")
        .replace("notifiers:\n", "notifiers:\n" + broken)
        .replaceFirst("(?m)^sinks:\n", "sinks:\n" + broken)
        .concat(
            "  "
                + name
                + "-@name@: { source: insights, decode: algorithmia-insights, sinks: ["
                + name
                + "] }\n");
  }
}
