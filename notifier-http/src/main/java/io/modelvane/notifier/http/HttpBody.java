package io.modelvane.notifier.http;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Notification;

/** The body of a call. */
@FunctionalInterface
interface HttpBody {
  /** The same text for every attempt but for what says which attempt it is. */
  String of(Notification notification);

  /** The body that the options ask for. */
  static HttpBody of(HttpOptions options, ComponentContext context) {
    HttpWords words = new HttpWords(options);
    OwnBody own = new OwnBody(words);
    return switch (options.bodyFormat()) {
      case MODELVANE -> own;
      case ALERTMANAGER -> new AlertmanagerBody(words, context.name());
      case INFLUXDB -> new InfluxBody(context.name());
      case CLOUDEVENTS -> new CloudEventBody(own);
      case CUSTOM -> new CustomBody(options, own, context.logger());
    };
  }
}
