package io.modelvane.alerting;

import io.modelvane.alerting.api.AlertingApi;
import io.modelvane.alerting.check.Check;
import io.modelvane.alerting.check.References;
import io.modelvane.alerting.outbox.Outbox;
import io.modelvane.alerting.rule.Rules;
import io.modelvane.alerting.rule.Watched;
import io.modelvane.alerting.why.Chronicle;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Problems;
import io.modelvane.spi.Sink;
import io.modelvane.spi.SinkFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes the sink {@code alerting}. */
final class AlertingSinkFactory implements SinkFactory<AlertingOptions> {
  @Override
  public String type() {
    return "alerting";
  }

  @Override
  public String description() {
    return "Evaluates checks on the stream, keeps incidents and notifies.";
  }

  @Override
  public Class<AlertingOptions> options() {
    return AlertingOptions.class;
  }

  @Override
  public void validate(AlertingOptions options, Problems problems) {
    if (options.checks().isEmpty()) {
      problems.add(
          "checks",
          "there is none; add one, for example high: { type: threshold, field: risk_score, levels:"
              + " { crit: \"> 0.7\" } }");
    }
    options
        .checks()
        .forEach(
            (name, check) -> {
              if (name.isBlank()) {
                problems.add("checks", "a check needs a name");
              }
              check.validate("checks." + name, problems);
            });
    References.validate(options.checks(), "checks", problems);
    Set<String> checks = options.checks().keySet();
    Rules.validate(options.rules(), checks, problems);
    options
        .maintenance()
        .forEach((name, each) -> each.validate(checks, below("maintenance." + name, problems)));
    options
        .inhibit()
        .forEach((name, each) -> each.validate(checks, below("inhibit." + name, problems)));
    Set<String> told = options.policy().endpoints();
    options
        .endpoints()
        .forEach((name, each) -> each.validate(name, told, below("endpoints." + name, problems)));
  }

  @Override
  public void warn(AlertingOptions options, Problems warnings) {
    List<Watched> watched = new ArrayList<>();
    options
        .checks()
        .forEach((name, check) -> watched.add(new Watched(name, check.reachable(), check.by())));
    Rules.warn(options.rules(), watched, warnings);
  }

  private static Problems below(String part, Problems problems) {
    return (path, words) -> problems.add(path.isEmpty() ? part : part + "." + path, words);
  }

  @Override
  public Sink create(AlertingOptions options, ComponentContext context) {
    Outbox outbox = Outbox.create(options.policy(), context, options.recordTo(), options.link());
    Chronicle chronicle = new Chronicle(context.state());
    AlertingSink sink =
        new AlertingSink(
            options,
            new Recorded(outbox, chronicle, context.state()),
            health -> outbox.conditions().set("evaluation", health),
            context);
    AlertingApi.Subjects subjects = new AlertingApi.Subjects(checks(options), sink, chronicle);
    Optional<Heartbeat> heartbeat =
        options.heartbeat().map(each -> new Heartbeat(each, context, outbox, sink::watermark));
    return new ServedSink(sink, new AlertingApi(context, outbox, subjects), heartbeat);
  }

  static List<Check> checks(AlertingOptions options) {
    List<Check> checks = new ArrayList<>();
    options.checks().forEach((name, check) -> checks.add(check.check(name)));
    return checks;
  }
}
