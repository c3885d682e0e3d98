package io.modelvane.testkit;

import io.modelvane.spi.Notifier;
import io.modelvane.testkit.NotifierContract.NotifierOutside;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** A vendor of a {@link HttpNotifierContract}: a scripted server behind a fault proxy. */
public final class HttpOutside implements NotifierOutside {
  static final Duration PATIENT = Duration.ofSeconds(20);

  private final HttpNotifierContract contract;
  private final ScriptedServer server;
  private final FaultProxy proxy;

  HttpOutside(HttpNotifierContract contract) throws IOException {
    this.contract = contract;
    this.server = ScriptedServer.answering(contract.vendor());
    this.proxy = FaultProxy.to("127.0.0.1", server.port());
  }

  /** The server. */
  public ScriptedServer server() {
    return server;
  }

  /** Where a notifier calls: the proxy. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + proxy.port());
  }

  /** The same, with connections that are reset after so many bytes of an answer. */
  public URI resettingAfter(long bytes) {
    proxy.resetAfter(bytes);
    return url();
  }

  @Override
  public Notifier component(TestContext context) {
    return contract.notifier(context, url(), PATIENT);
  }

  @Override
  public Notifier impatient(TestContext context) {
    return contract.notifier(context, url(), NotifierContract.TIMEOUT);
  }

  @Override
  public void silence() {
    server.script(request -> ScriptedServer.Answer.silence());
  }

  @Override
  public void refuse() throws IOException {
    proxy.refuse();
  }

  @Override
  public void mend() throws IOException {
    server.script(contract.vendor());
    proxy.pass();
  }

  @Override
  public int arrived() {
    return server.requests().size();
  }

  @Override
  public void close() throws IOException {
    proxy.close();
    server.close();
  }
}
