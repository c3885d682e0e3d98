package io.modelvane.notifier.pagerduty;

import io.modelvane.spi.Notifier;
import io.modelvane.testkit.HttpNotifierContract;
import io.modelvane.testkit.ScriptedServer;
import io.modelvane.testkit.TestContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

final class PagerDutyContractTest implements HttpNotifierContract {
  @Override
  public Notifier notifier(TestContext context, URI server, Duration timeout) {
    PagerDutySamples samples = PagerDutySamples.to(server.resolve("/v2/enqueue"));
    samples.timeout = timeout;
    samples.fields.put("note", "{{details.note}}");
    samples.links =
        List.of(new PagerDutyOptions.Link("https://wiki.example.com/{{check}}", "{{message}}"));
    samples.images =
        List.of(
            new PagerDutyOptions.Image(
                "https://dash.example.com/?m={{tags.model}}", Optional.empty(), "{{message}}"));
    return new PagerDutyNotifierFactory().create(samples.options(), context);
  }

  @Override
  public ScriptedServer.Script vendor() {
    return new EventsApi();
  }

  @Override
  public List<String> secrets() {
    return List.of(EventsApi.KEY);
  }
}
