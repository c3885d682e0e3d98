package io.modelvane.notifier.pagerduty;

import io.modelvane.notifier.pagerduty.PagerDutyOptions.Image;
import io.modelvane.notifier.pagerduty.PagerDutyOptions.Link;
import io.modelvane.notifier.pagerduty.PagerDutyOptions.Region;
import io.modelvane.spi.Secret;
import io.modelvane.toolkit.MessageValues;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options as the engine would bind them, to be changed where a test cares. */
final class PagerDutySamples {
  String routingKey = EventsApi.KEY;
  Region region = Region.US;
  Optional<URI> url = Optional.empty();
  String summary = MessageValues.TITLE + " - {{message}}";
  String source = "{{series}}";
  String component = "{{measurement}}";
  Optional<String> group = Optional.empty();
  String type = "{{check}}";
  final Map<String, String> fields = new LinkedHashMap<>();
  List<Link> links = List.of();
  List<Image> images = List.of();
  List<String> changes = List.of();
  Duration timeout = Duration.ofSeconds(10);

  static PagerDutySamples to(URI url) {
    PagerDutySamples samples = new PagerDutySamples();
    samples.url = Optional.of(url);
    return samples;
  }

  static PagerDutySamples withTemplates(String summary, String source) {
    PagerDutySamples samples = new PagerDutySamples();
    samples.summary = summary;
    samples.source = source;
    return samples;
  }

  PagerDutyOptions options() {
    return new PagerDutyOptions(
        Secret.of(routingKey),
        region,
        url,
        summary,
        source,
        component,
        group,
        type,
        fields,
        links,
        images,
        changes,
        timeout);
  }
}
