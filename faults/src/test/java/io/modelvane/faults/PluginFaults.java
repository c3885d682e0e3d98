package io.modelvane.faults;

import static io.modelvane.faults.FaultCase.named;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What plugins of other people do. */
final class PluginFaults {
  private static final int MISCONFIGURED = 78;
  private static final int OUT_OF_MEMORY = 3;

  static final List<FaultCase> ALL =
      List.of(
          named("jars that are no plugins")
              .before(
                  stage ->
                      plugins(stage).withGarbage("garbage.jar").with("unborn", "broken.Unborn"))
              .bitten(
                  stage ->
                      stage.await(
                          "both are named",
                          () ->
                              stage.product().words().contains("garbage.jar")
                                  && stage.product().words().contains("unborn on purpose"))),
          named("plugins that throw at work and at stop")
              .before(PluginFaults::broken)
              .configured(broken("work: throw, mark: throw, stop: throw"))
              .bitten(PluginFaults::awaitGivenUp),
          named("plugins that throw when they are asked what they like")
              .before(PluginFaults::broken)
              .configured(broken("ask: throw"))
              .fault(stage -> {}),
          named("plugins that answer nonsense")
              .before(PluginFaults::broken)
              .configured(broken("work: babble"))
              .bitten(
                  stage ->
                      stage.await(
                          "its pipeline has given up",
                          () -> stage.product().body("/ready").contains("rejected a row that"))),
          named("plugins that answer nothing")
              .before(PluginFaults::broken)
              .configured(broken("work: nothing"))
              .bitten(
                  stage ->
                      stage.await(
                          "its pipeline has given up",
                          () -> stage.product().body("/ready").contains("it answered nothing"))),
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
          named("plugin that offers nothing but an exception")
              .before(stage -> plugins(stage).with("barren", "broken.Barren"))
              .bitten(
                  stage ->
                      stage.await(
                          "it is named",
                          () -> stage.product().words().contains("barren on purpose"))),
          named("plugin that throws when it is made")
              .before(
                  stage -> {
                    broken(stage);
                    refused(stage, "make: throw");
                    refused(stage, "traits: throw");
                  }),
          named("plugin that throws at start")
              .before(
                  stage -> {
                    broken(stage);
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

  /** A broken notifier among those that are told, and a broken sink with a pipeline of its own. */
  private static UnaryOperator<String> broken(String manners) {
    return text ->
        text.replace("mail] }", "mail, broken] }")
            .replace("notifiers:\n", "notifiers:\n  broken: { type: broken, " + manners + " }\n")
            .replace(
                "sinks:\n  influx:",
                "sinks:\n  broken: { type: broken, " + manners + " }\n  influx:")
            .concat(
                "  broken-@name@: { source: insights, decode: algorithmia-insights, sinks: [broken]"
                    + " }\n");
  }
}
