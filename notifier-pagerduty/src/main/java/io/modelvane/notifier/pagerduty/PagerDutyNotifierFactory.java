package io.modelvane.notifier.pagerduty;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.NotifierFactory;
import io.modelvane.spi.Problems;
import io.modelvane.toolkit.Fields;
import io.modelvane.toolkit.OptionChecks;

/** Makes the notifier {@code pagerduty}. */
final class PagerDutyNotifierFactory implements NotifierFactory<PagerDutyOptions> {
  @Override
  public String type() {
    return "pagerduty";
  }

  @Override
  public String description() {
    return "Triggers, acknowledges and resolves incidents in PagerDuty (Events API v2).";
  }

  @Override
  public Class<PagerDutyOptions> options() {
    return PagerDutyOptions.class;
  }

  @Override
  public void validate(PagerDutyOptions options, Problems problems) {
    if (options.routingKey().reveal().isBlank()) {
      problems.add(
          "routing_key", "is empty; it is the integration key of an Events API v2 service");
    }
    options.url().ifPresent(url -> OptionChecks.url("url", url.toString(), problems));
    OptionChecks.template("summary", options.summary(), problems);
    OptionChecks.template("source", options.source(), problems);
    OptionChecks.template("component", options.component(), problems);
    OptionChecks.template("class", options.class_(), problems);
    options.group().ifPresent(group -> OptionChecks.template("group", group, problems));
    Fields.check(options.fields(), problems);
    PagerDutyLinks.check(options, problems);
  }

  @Override
  public Notifier create(PagerDutyOptions options, ComponentContext context) {
    return new PagerDutyNotifier(options, context);
  }
}
