package io.modelvane.notifier.http;

import io.modelvane.spi.Notification;
import io.modelvane.toolkit.Fields;
import io.modelvane.toolkit.MessageValues;
import io.modelvane.toolkit.Templates;
import java.util.Map;

/** What the ready bodies say to people: title, text and further fields. */
final class HttpWords {
  private final Templates.Template title;
  private final Templates.Template text;
  private final Fields fields;

  HttpWords(HttpOptions options) {
    Templates plain = new Templates(value -> value);
    this.title = plain.compile(options.title());
    this.text = plain.compile(options.text());
    this.fields = new Fields(plain, options.fields());
  }

  /** The words for one notification. */
  record Said(String title, String text, Map<String, String> fields) {}

  Said of(Notification notification) {
    Map<String, Object> values = MessageValues.of(notification);
    return new Said(
        MessageValues.orHeadline(title.render(values), values),
        MessageValues.orHeadline(text.render(values), values),
        fields.of(values));
  }
}
