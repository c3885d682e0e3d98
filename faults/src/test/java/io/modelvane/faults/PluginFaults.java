package io.modelvane.faults;

import static io.modelvane.faults.FaultCase.named;

import java.util.List;
import java.util.function.UnaryOperator;

/** What plugins of other people do. */
final class PluginFaults {
  private static final int MISCONFIGURED = 78;

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
              .configured(broken("work: throw, stop: throw"))
              .bitten(PluginFaults::awaitGivenUp),
          named("plugins that hang at work and at stop")
              .before(PluginFaults::broken)
              .configured(broken("work: hang, stop: hang"))
              .fault(stage -> {}),
          named("plugin that throws at start")
              .before(
                  stage -> {
                    broken(stage);
                    Product refused =
                        stage.launch(stage.configure("broken.yaml", broken("start: throw")));
                    refused.expect(MISCONFIGURED, "broken on purpose");
                  }));

  private PluginFaults() {}

  private static PluginFolder plugins(Stage stage) throws Exception {
    return PluginFolder.in(stage.folder().resolve("plugins"));
  }

  private static void broken(Stage stage) throws Exception {
    var unused = plugins(stage).with("broken", "broken.Broken");
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
        text.replace("hook] }", "hook, broken] }")
            .replace("notifiers:\n", "notifiers:\n  broken: { type: broken, " + manners + " }\n")
            .replace(
                "sinks:\n  influx:",
                "sinks:\n  broken: { type: broken, " + manners + " }\n  influx:")
            .concat(
                "  broken-@name@: { source: insights, decode: algorithmia-insights, sinks: [broken] }\n");
  }
}
