package io.modelvane.notifier.pagerduty;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.spi.Notification;
import io.modelvane.toolkit.Fields;
import io.modelvane.toolkit.Templates;
import java.util.Map;

/** The custom details of an event: ours, then the operator's, which may replace ours. */
final class PagerDutyDetails {
  private final Fields fields;

  PagerDutyDetails(Map<String, String> fields) {
    this.fields = new Fields(new Templates(text -> text), fields);
  }

  /** Tags and further facts stand apart, so that none hides another of the same name. */
  void add(ObjectNode details, Notification notification, Map<String, Object> values) {
    details.put("message", notification.status().message());
    details.put("level", notification.incident().level().text());
    details.put("previous", notification.previous().text());
    details.put("worst", notification.incident().worst().text());
    details.put("since", notification.incident().since().toString());
    details.put("breaches", notification.incident().breaches());
    details.put("rule", notification.rule());
    notification.status().field().ifPresent(field -> details.put("field", field));
    notification.status().value().ifPresent(value -> details.put("value", value));
    ObjectNode tags = details.putObject("tags");
    notification.incident().series().tags().forEach(tag -> tags.put(tag.key(), tag.value()));
    notification.status().details().forEach(details.putObject("facts")::put);
    fields.of(values).forEach(details::put);
  }
}
