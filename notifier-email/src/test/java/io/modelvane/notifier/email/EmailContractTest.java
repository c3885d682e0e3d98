package io.modelvane.notifier.email;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.modelvane.notifier.email.EmailOptions.Security;
import io.modelvane.spi.Notifier;
import io.modelvane.testkit.FaultProxy;
import io.modelvane.testkit.NotifierContract;
import io.modelvane.testkit.TestContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

final class EmailContractTest implements NotifierContract {
  @Override
  public NotifierOutside outside() throws IOException {
    return new MailServer();
  }

  @Override
  public List<String> secrets() {
    return List.of(EmailSamples.PASSWORD, "YVZlcnlTZWNyZXRQYXNzd29yZA==");
  }

  /** Those of the server. */
  @Override
  public boolean isSharedThread(String name) {
    return name.startsWith("smtp");
  }

  private static final class MailServer implements NotifierOutside {
    private final GreenMail mail =
        new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final FaultProxy proxy;

    MailServer() throws IOException {
      mail.start();
      mail.setUser("ml-team@example.com", "modelvane", EmailSamples.PASSWORD);
      proxy = FaultProxy.to("127.0.0.1", mail.getSmtp().getPort());
    }

    private Notifier notifier(TestContext context, Duration timeout) {
      EmailSamples samples = EmailSamples.local(proxy.port(), Security.NONE).login();
      samples.timeout = timeout;
      return new EmailNotifierFactory().create(samples.options(), context);
    }

    @Override
    public Notifier component(TestContext context) {
      return notifier(context, Duration.ofSeconds(20));
    }

    @Override
    public Notifier impatient(TestContext context) {
      return notifier(context, TIMEOUT);
    }

    @Override
    public void silence() {
      proxy.swallow();
    }

    @Override
    public void refuse() throws IOException {
      proxy.refuse();
    }

    @Override
    public void mend() throws IOException {
      proxy.pass();
    }

    @Override
    public int arrived() {
      return proxy.connections();
    }

    @Override
    public void close() throws IOException {
      proxy.close();
      mail.stop();
    }
  }
}
