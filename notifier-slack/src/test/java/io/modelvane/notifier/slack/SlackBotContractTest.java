package io.modelvane.notifier.slack;

import io.modelvane.spi.Notifier;
import io.modelvane.spi.Outcome.Kind;
import io.modelvane.testkit.HttpNotifierContract;
import io.modelvane.testkit.ScriptedServer;
import io.modelvane.testkit.TestContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;

final class SlackBotContractTest implements HttpNotifierContract {
  @Override
  public Notifier notifier(TestContext context, URI server, Duration timeout) {
    return new SlackNotifierFactory()
        .create(SlackSamples.bot(server.resolve("/api/")).within(timeout).options(), context);
  }

  @Override
  public ScriptedServer.Script vendor() {
    return new SlackApi();
  }

  @Override
  public List<String> secrets() {
    return List.of(SlackApi.TOKEN);
  }

  /** The Web API says in its body whether a 200 is a success. */
  @Override
  public Kind emptyAnswer() {
    return Kind.RETRYABLE;
  }
}
