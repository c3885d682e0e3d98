package io.modelvane.notifier.pagerduty;

import io.modelvane.spi.Notifier;
import io.modelvane.testkit.HttpNotifierContract;
import io.modelvane.testkit.ScriptedServer;
import io.modelvane.testkit.TestContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;

final class PagerDutyContractTest implements HttpNotifierContract {
  @Override
  public Notifier notifier(TestContext context, URI server, Duration timeout) {
    return new PagerDutyNotifierFactory()
        .create(PagerDutySamples.options(server.resolve("/v2/enqueue"), timeout), context);
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
