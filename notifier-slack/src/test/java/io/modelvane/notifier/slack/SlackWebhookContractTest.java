package io.modelvane.notifier.slack;

import io.modelvane.spi.Notifier;
import io.modelvane.testkit.HttpNotifierContract;
import io.modelvane.testkit.ScriptedServer;
import io.modelvane.testkit.TestContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;

final class SlackWebhookContractTest implements HttpNotifierContract {
  @Override
  public Notifier notifier(TestContext context, URI server, Duration timeout) {
    String url = server.resolve(SlackApi.PATH).toString();
    SlackSamples samples = SlackSamples.webhook(url).within(timeout);
    for (int i = 0; i < SlackMessage.MOST_FIELDS; i++) {
      samples.fields.put("Note " + i, "{{details.note}} {{message}}");
    }
    return new SlackNotifierFactory().create(samples.options(), context);
  }

  @Override
  public ScriptedServer.Script vendor() {
    return new SlackApi();
  }

  @Override
  public List<String> secrets() {
    return List.of("aVerySecretPath");
  }
}
