package io.modelvane.notifier.pagerduty;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.NotifierFactory;
import io.modelvane.spi.Problems;
import io.modelvane.toolkit.Templates;
import java.net.URI;

/** Makes the notifier {@code pagerduty}. */
final class PagerDutyNotifierFactory implements NotifierFactory<PagerDutyOptions> {
  @Override
  public String type() {
    return "pagerduty";
  }

  @Override
  public String description() {
    return "Triggers and resolves incidents in PagerDuty (Events API v2).";
  }

  @Override
  public Class<PagerDutyOptions> options() {
    return PagerDutyOptions.class;
  }

  @Override
  public void validate(PagerDutyOptions options, Problems problems) {
    if (options.routingKey().isEmpty()) {
      problems.add(
          "routing_key", "is empty; it is the integration key of an Events API v2 service");
    }
    checkUrl("url", options.url().toString(), problems);
    checkTemplate("summary", options.summary(), problems);
    checkTemplate("source", options.source(), problems);
  }

  private static void checkTemplate(String option, String text, Problems problems) {
    try {
      var unused = new Templates(value -> value).compile(text);
    } catch (IllegalArgumentException invalid) {
      problems.add(option, String.valueOf(invalid.getMessage()));
    }
  }

  private static void checkUrl(String option, String text, Problems problems) {
    try {
      URI url = URI.create(text);
      String scheme = String.valueOf(url.getScheme());
      if (!scheme.matches("https?") || url.getHost() == null) {
        problems.add(option, "must begin with http:// or https:// and name a host");
      }
    } catch (IllegalArgumentException invalid) {
      problems.add(option, "is not a URL"); // its text may be a secret
    }
  }

  @Override
  public Notifier create(PagerDutyOptions options, ComponentContext context) {
    return new PagerDutyNotifier(options, context);
  }
}
