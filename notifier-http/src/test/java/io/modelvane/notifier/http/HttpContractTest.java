package io.modelvane.notifier.http;

import io.modelvane.spi.Notifier;
import io.modelvane.spi.Secret;
import io.modelvane.testkit.HttpNotifierContract;
import io.modelvane.testkit.ScriptedServer;
import io.modelvane.testkit.TestContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** With everything that could leak or break: a secret URL, a login, a signature, own headers. */
final class HttpContractTest implements HttpNotifierContract {
  @Override
  public Notifier notifier(TestContext context, URI server, Duration timeout) {
    HttpSamples samples =
        HttpSamples.to(server.resolve("/hooks/aVerySecretPath?key=aVerySecretQuery"));
    samples.username = Optional.of("modelvane");
    samples.password = Optional.of(Secret.of("aVerySecretPassword"));
    samples.signing = List.of(Secret.of(HttpSamples.SIGNING));
    samples.timeout = timeout;
    samples.header("X-Model", "{{tags.model}}").header("X-Message", "{{message}} {{{check}}}");
    return new HttpNotifierFactory().create(samples.options(), context);
  }

  @Override
  public ScriptedServer.Script vendor() {
    return new WebhookReceiver();
  }

  @Override
  public List<String> secrets() {
    return List.of(
        "aVerySecretPath",
        "aVerySecretQuery",
        "aVerySecretPassword",
        "bW9kZWx2YW5lOmFWZXJ5U2VjcmV0UGFzc3dvcmQ=",
        HttpSamples.SIGNING);
  }
}
