package io.modelvane.notifier.pagerduty;

import io.modelvane.spi.Option;
import io.modelvane.spi.Secret;
import io.modelvane.toolkit.MessageValues;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options of the notifier {@code pagerduty}. */
record PagerDutyOptions(
    @Option(
            description = "Integration key of a service with Events API v2.",
            example = "${env:PAGERDUTY_KEY}")
        Secret routingKey,
    @Option(description = "Where PagerDuty keeps your account: `us` or `eu`.", defaultValue = "us")
        Region region,
    @Option(
            description =
                "Where events go, instead of the region's own place: a proxy, say. Change events go"
                    + " to `change/enqueue` beside it.",
            example = "https://pagerduty-proxy.example.com/v2/enqueue")
        Optional<URI> url,
    @Option(
            description = "Template of the summary, which is what the phone says.",
            defaultValue = MessageValues.TITLE + " - {{message}}")
        String summary,
    @Option(description = "Template of the source.", defaultValue = "{{series}}") String source,
    @Option(description = "Template of the component.", defaultValue = "{{measurement}}")
        String component,
    @Option(description = "Template of the group.", example = "{{tags.team}}")
        Optional<String> group,
    @Option(description = "Template of the class.", defaultValue = "{{check}}") String class_,
    @Option(
            description =
                "Further details by name, each a template. One called like a detail of ours"
                    + " replaces it.",
            example = "{ team: \"{{tags.team}}\" }")
        Map<String, String> fields,
    @Option(description = "Links beside the notification's own.") List<Link> links,
    @Option(description = "Images.") List<Image> images,
    @Option(
            description =
                "Checks whose incidents are changes, not alerts: the begin of one is sent as a"
                    + " change event, which wakes nobody, and its end not at all. For a check that"
                    + " notices new versions of models.",
            example = "[new-model-version]")
        List<String> changes,
    @Option(
            description = "Longest time for a call.",
            defaultValue = "10s",
            min = "100ms",
            max = "60s")
        Duration timeout) {

  /** Where alert events go. */
  URI alerts() {
    return url.orElse(region.enqueue);
  }

  /** Where change events go. */
  URI changeEvents() {
    return alerts().resolve("change/enqueue");
  }

  /** Where an account is kept: https://support.pagerduty.com/main/docs/service-regions. */
  enum Region {
    US("https://events.pagerduty.com/v2/enqueue"),
    EU("https://events.eu.pagerduty.com/v2/enqueue");

    private final URI enqueue;

    Region(String enqueue) {
      this.enqueue = URI.create(enqueue);
    }
  }

  /** A link of an event. */
  record Link(
      @Option(
              description =
                  "Template of the URL. Values are encoded for a path or a query; `{{{link}}}` is"
                      + " the notification's own link as it is.",
              example = "https://wiki.example.com/runbooks/{{check}}")
          String href,
      @Option(description = "Template of the words.", defaultValue = "Runbook") String text) {}

  /** An image of an event. */
  record Image(
      @Option(
              description = "Template of the URL, which must begin with `https://`.",
              example = "https://dash.example.com/render?model={{tags.algorithm_name}}")
          String src,
      @Option(description = "Template of the URL that a click leads to.") Optional<String> href,
      @Option(
              description = "Template of the words instead of the image.",
              defaultValue = "{{check}}")
          String alt) {}
}
