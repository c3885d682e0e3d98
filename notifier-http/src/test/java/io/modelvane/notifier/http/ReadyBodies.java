package io.modelvane.notifier.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.testkit.HostileTexts;
import io.modelvane.testkit.Samples;
import io.modelvane.testkit.TestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Bodies of a format, and notifications that have it all or nothing. */
final class ReadyBodies {
  private ReadyBodies() {}

  static JsonNode of(HttpSamples samples, Notification notification) {
    try (TestContext context = TestContext.named("hook").build()) {
      return WebhookReceiver.parse(HttpBody.of(samples.options(), context).of(notification));
    }
  }

  static JsonNode of(HttpOptions.Format format, Notification notification) {
    return of(new HttpSamples().format(format), notification);
  }

  /** Every step, with and without what may be missing, and every hostile text everywhere. */
  static List<Notification> notifications() {
    List<Notification> all = new ArrayList<>();
    all.add(Samples.notification().build());
    all.add(Samples.notification().step(IncidentStep.OPENED, Level.OK, Level.UNKNOWN).build());
    all.add(Samples.notification().step(IncidentStep.WORSENED, Level.WARN, Level.CRIT).build());
    all.add(Samples.notification().step(IncidentStep.IMPROVED, Level.CRIT, Level.INFO).build());
    all.add(Samples.notification().step(IncidentStep.REPEATED, Level.CRIT, Level.CRIT).build());
    all.add(Samples.notification().step(IncidentStep.ACKNOWLEDGED, Level.WARN, Level.WARN).build());
    all.add(Samples.notification().step(IncidentStep.REPEATED, Level.OK, Level.OK).build());
    all.add(Notification.test("hook", Samples.NOW));
    all.add(Samples.notification().resolved().build());
    all.add(Samples.notification().repeated(2).build());
    all.add(Samples.notification().member(Samples.notification().build()).build());
    all.add(
        Samples.notification()
            .value(OptionalDouble.empty())
            .link(null)
            .series(Samples.series(Map.of()))
            .build());
    all.add(Samples.notification().value(OptionalDouble.of(Double.NaN)).build());
    for (String text : HostileTexts.all().values()) {
      String tag = text.substring(0, Math.min(text.length(), 10_000));
      all.add(
          Samples.notification()
              .check(text)
              .message(text)
              .detail("note", text)
              .series(Samples.series(Map.of("model", tag, "a " + tag.substring(0, 2), "x")))
              .build());
    }
    return all;
  }
}
