package io.modelvane.notifier.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.notifier.email.EmailOptions.Security;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Outcome.Kind;
import io.modelvane.testkit.Certificate;
import io.modelvane.testkit.Greeter;
import io.modelvane.testkit.Samples;
import io.modelvane.testkit.TestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class EmailNotifierTest {
  @TempDir private static Path folder;
  private static Certificate certificate;

  private final TestContext context =
      TestContext.named("mail").secret(EmailSamples.PASSWORD).build();

  @BeforeAll
  static void makeTheCertificate() throws Exception {
    certificate = Certificate.ofThisMachine();
  }

  @AfterEach
  void close() {
    context.close();
  }

  private Map<String, String> receipt = Map.of();

  private Delivery deliver(EmailSamples samples) throws Exception {
    Notifier notifier = new EmailNotifierFactory().create(samples.options(), context);
    notifier.start();
    Delivery delivery = notifier.deliver(Samples.notification().receipt(receipt).build());
    notifier.stop();
    assertThat(delivery + " " + context.log()).doesNotContain(EmailSamples.PASSWORD);
    return delivery;
  }

  @ParameterizedTest
  @CsvSource({
    "greeting, 421 too busy, RETRYABLE",
    "greeting, 554 no service, RETRYABLE",
    "AUTH, 535 5.7.8 wrong, MISCONFIGURED",
    "AUTH, 454 4.7.0 later, RETRYABLE",
    "MAIL, 550 5.7.1 not you, MISCONFIGURED",
    "MAIL, 530 5.7.0 log in first, MISCONFIGURED",
    "MAIL, 451 4.3.0 disk full, RETRYABLE",
    "RCPT, 550 5.1.1 nobody here, REJECTED",
    "RCPT, 450 4.2.0 greylisted, RETRYABLE",
    "RCPT, 452 4.5.3 too many, RETRYABLE",
    "DATA, 421 going down, RETRYABLE",
    "DATA, 554 no, REJECTED",
    "., 554 5.6.0 looks like spam, REJECTED",
    "., 552 5.3.4 too big, REJECTED",
    "., 451 4.7.1 later, RETRYABLE",
  })
  void each_reply_means_what_its_code_says(String command, String reply, Kind kind)
      throws Exception {
    try (ScriptedSmtp smtp = ScriptedSmtp.plain().reply(command, reply)) {
      Delivery delivery = deliver(EmailSamples.local(smtp.port(), Security.NONE).login());
      assertThat(delivery.outcome().kind()).as(delivery.outcome().reason()).isEqualTo(kind);
      assertThat(delivery.outcome().reason()).contains("127.0.0.1:" + smtp.port());
      assertThat(delivery.sent()).as("its text was sent").isEqualTo(command.equals("."));
    }
  }

  @Test
  void the_servers_own_words_and_code_are_kept() throws Exception {
    try (ScriptedSmtp smtp = ScriptedSmtp.plain().reply("RCPT", "550 5.1.1 nobody here")) {
      Delivery delivery = deliver(EmailSamples.local(smtp.port(), Security.NONE));
      assertThat(delivery.statusCode()).hasValue(550);
      assertThat(delivery.answer()).contains("ml-team@example.com", "5.1.1 nobody here");
    }
  }

  @Test
  void one_refused_receiver_does_not_cost_the_others_their_mail() throws Exception {
    try (ScriptedSmtp smtp = ScriptedSmtp.plain().reply("RCPT TO:<gone", "550 5.1.1 gone")) {
      EmailSamples samples = EmailSamples.local(smtp.port(), Security.NONE);
      samples.to = List.of("a@example.com", "gone@example.com", "b@example.com");
      Delivery delivery = deliver(samples);
      assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
      assertThat(delivery.answer()).contains("gone@example.com").doesNotContain("a@example.com");
      assertThat(smtp.mails()).hasSize(1);
      assertThat(context.log()).singleElement().asString().contains("WARNING", "gone@example.com");
    }
  }

  @Test
  void one_receiver_that_may_be_reached_later_is_reason_to_try_again() throws Exception {
    try (ScriptedSmtp smtp =
        ScriptedSmtp.plain().reply("RCPT TO:<a", "550 no").reply("RCPT TO:<b", "450 later")) {
      EmailSamples samples = EmailSamples.local(smtp.port(), Security.NONE);
      samples.to = List.of("a@example.com", "b@example.com");
      Delivery delivery = deliver(samples);
      assertThat(delivery.outcome().kind()).isEqualTo(Kind.RETRYABLE);
      assertThat(delivery.statusCode()).hasValue(450);
      assertThat(smtp.mails()).isEmpty();
    }
  }

  private static List<String> receivers(ScriptedSmtp smtp) {
    return smtp.commands().stream()
        .filter(line -> line.startsWith("RCPT"))
        .map(line -> line.substring(line.indexOf('<') + 1, line.indexOf('@')))
        .toList();
  }

  @Test
  void who_could_not_get_it_is_asked_again_alone() throws Exception {
    context.clock().set(Samples.notification().build().at());
    try (ScriptedSmtp smtp =
        ScriptedSmtp.plain().reply("RCPT TO:<grey", "450 later").reply("RCPT TO:<no", "550 no")) {
      EmailSamples samples = EmailSamples.local(smtp.port(), Security.NONE);
      samples.to = List.of("a@example.com", "Team <grey@example.com>", "no@example.com");
      Delivery delivery = deliver(samples);
      assertThat(delivery.partly()).isTrue();
      assertThat(delivery.statusCode()).hasValue(450);
      assertThat(delivery.outcome())
          .isInstanceOfSatisfying(
              Outcome.Throttled.class,
              later -> assertThat(later.after()).isEqualTo(Duration.ofMinutes(1)));
      assertThat(smtp.mails()).hasSize(1);

      receipt = delivery.receipt();
      context.clock().advance(Duration.ofMinutes(5));
      Delivery second = deliver(samples);
      assertThat(second.partly()).isTrue();
      assertThat(second.receipt()).isEqualTo(receipt);
      assertThat(((Outcome.Throttled) second.outcome()).after()).isEqualTo(Duration.ofMinutes(5));

      smtp.reply("RCPT TO:<grey", "250 welcome");
      assertThat(deliver(samples).outcome()).isEqualTo(Outcome.DONE);
      assertThat(receivers(smtp)).containsExactly("a", "grey", "no", "grey", "grey");
      assertThat(smtp.mails()).hasSize(2);
    }
  }

  @Test
  void who_cannot_get_it_for_an_hour_is_named_and_given_up() throws Exception {
    context.clock().set(Samples.notification().build().at().plus(Laggards.PATIENCE));
    try (ScriptedSmtp smtp = ScriptedSmtp.plain().reply("RCPT TO:<full", "452 mailbox full")) {
      EmailSamples samples = EmailSamples.local(smtp.port(), Security.NONE);
      samples.to = List.of("a@example.com", "full@example.com");
      Delivery delivery = deliver(samples);
      assertThat(delivery.partly()).isTrue();
      receipt = delivery.receipt();
      context.clock().advance(Duration.ofSeconds(1));
      assertThat(deliver(samples).outcome()).isEqualTo(Outcome.DONE);
      assertThat(context.log()).singleElement().asString().contains("WARNING", "full@example.com");
      assertThat(receivers(smtp)).containsExactly("a", "full", "full");
    }
  }

  @Test
  void who_is_refused_after_all_costs_the_others_nothing() throws Exception {
    context.clock().set(Samples.notification().build().at());
    try (ScriptedSmtp smtp = ScriptedSmtp.plain().reply("RCPT TO:<b", "450 later")) {
      EmailSamples samples = EmailSamples.local(smtp.port(), Security.NONE);
      samples.to = List.of("a@example.com", "b@example.com");
      receipt = deliver(samples).receipt();
      smtp.reply("RCPT TO:<b", "550 no");
      assertThat(deliver(samples).outcome()).isEqualTo(Outcome.DONE);
      assertThat(context.log()).singleElement().asString().contains("WARNING", "b@example.com");
      assertThat(receivers(smtp)).containsExactly("a", "b", "b");
    }
  }

  @Test
  void starttls_encrypts_before_the_login() throws Exception {
    try (ScriptedSmtp smtp = ScriptedSmtp.startTls(certificate.server().getSocketFactory())) {
      EmailSamples samples = EmailSamples.local(smtp.port(), Security.STARTTLS).login();
      samples.ca = Optional.of(certificate.pem(folder));
      assertThat(deliver(samples).outcome()).isEqualTo(Outcome.DONE);
      List<String> verbs =
          smtp.commands().stream().map(line -> line.replaceAll(" .*", "")).toList();
      assertThat(verbs).startsWith("EHLO", "STARTTLS", "EHLO", "AUTH");
      assertThat(smtp.mails()).hasSize(1);
    }
  }

  @Test
  void tls_is_spoken_from_the_first_byte() throws Exception {
    try (ScriptedSmtp smtp = ScriptedSmtp.tls(certificate.server().getSocketFactory())) {
      EmailSamples samples = EmailSamples.local(smtp.port(), Security.TLS).login();
      samples.ca = Optional.of(certificate.pem(folder));
      assertThat(deliver(samples).outcome()).isEqualTo(Outcome.DONE);
      assertThat(smtp.mails()).hasSize(1);
    }
  }

  @Test
  void a_certificate_that_nobody_vouches_for_is_for_the_operator() throws Exception {
    try (ScriptedSmtp smtp = ScriptedSmtp.startTls(certificate.server().getSocketFactory())) {
      Delivery delivery = deliver(EmailSamples.local(smtp.port(), Security.STARTTLS).login());
      assertThat(delivery.outcome().kind()).isEqualTo(Kind.MISCONFIGURED);
      assertThat(delivery.outcome().reason()).contains("certificate");
      assertThat(smtp.commands()).noneMatch(line -> line.startsWith("AUTH"));
    }
  }

  @Test
  void plain_text_where_tls_is_expected_is_for_the_operator() throws Exception {
    try (Greeter plain = Greeter.saying("220 mail.example.com ESMTP\r\n")) {
      Delivery delivery = deliver(EmailSamples.local(plain.port(), Security.TLS).login());
      assertThat(delivery.outcome().kind()).isEqualTo(Kind.MISCONFIGURED);
      assertThat(delivery.outcome().reason()).contains("127.0.0.1", "check security");
      assertThat(delivery.sent()).isFalse();
    }
  }

  @Test
  void a_host_that_nobody_knows_is_told_nothing_and_tried_again() throws Exception {
    EmailSamples samples = EmailSamples.local(25, Security.NONE);
    samples.host = "nobody.invalid";
    Delivery delivery = deliver(samples);
    assertThat(delivery.outcome().kind()).isEqualTo(Kind.RETRYABLE);
    assertThat(delivery.outcome().reason()).contains("nobody.invalid", "check host");
    assertThat(delivery.sent()).isFalse();
  }

  @Test
  void what_is_no_mail_server_is_tried_again_and_says_so() throws Exception {
    try (Greeter other = Greeter.saying("HTTP/1.1 400 Bad Request\r\n\r\n")) {
      Delivery delivery = deliver(EmailSamples.local(other.port(), Security.NONE));
      assertThat(delivery.outcome().kind()).isEqualTo(Kind.RETRYABLE);
      assertThat(delivery.outcome().reason()).contains("127.0.0.1", "check host and port");
      assertThat(delivery.sent()).isFalse();
    }
  }

  @Test
  void a_reply_without_end_is_read_no_further_than_any_reply_goes() throws Exception {
    try (ScriptedSmtp smtp = ScriptedSmtp.plain().endless("EHLO")) {
      Delivery delivery = deliver(EmailSamples.local(smtp.port(), Security.NONE));
      assertThat(delivery.outcome().kind()).isEqualTo(Kind.RETRYABLE);
      assertThat(delivery.outcome().reason()).contains("127.0.0.1", "says more than 256 KiB");
      assertThat(delivery.sent()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTTLS", "TLS"})
  void so_it_is_under_tls(Security security) throws Exception {
    SSLSocketFactory server = certificate.server().getSocketFactory();
    try (ScriptedSmtp smtp =
        security == Security.TLS ? ScriptedSmtp.tls(server) : ScriptedSmtp.startTls(server)) {
      smtp.endless("MAIL");
      EmailSamples samples = EmailSamples.local(smtp.port(), security);
      samples.ca = Optional.of(certificate.pem(folder));
      Delivery delivery = deliver(samples);
      assertThat(delivery.outcome().kind()).isEqualTo(Kind.RETRYABLE);
      assertThat(delivery.outcome().reason()).contains("127.0.0.1", "says more than 256 KiB");
    }
  }

  @Test
  void a_certificate_of_another_host_is_for_the_operator() throws Exception {
    try (ScriptedSmtp smtp = ScriptedSmtp.tls(certificate.server().getSocketFactory())) {
      EmailSamples samples = EmailSamples.local(smtp.port(), Security.TLS).login();
      samples.host = "localhost"; // it is for 127.0.0.1
      samples.ca = Optional.of(certificate.pem(folder));
      Delivery delivery = deliver(samples);
      assertThat(delivery.outcome().kind()).isEqualTo(Kind.MISCONFIGURED);
      assertThat(smtp.commands()).isEmpty();
    }
  }

  @Test
  void a_reply_without_end_costs_no_more_than_the_timeout() throws Exception {
    try (ScriptedSmtp smtp =
        ScriptedSmtp.tls(certificate.server().getSocketFactory())
            .endless("EHLO", Duration.ofMillis(5))) {
      EmailSamples samples = EmailSamples.local(smtp.port(), Security.TLS);
      samples.ca = Optional.of(certificate.pem(folder));
      samples.timeout = Duration.ofSeconds(2); // TLS comes out of it
      long before = System.nanoTime();
      Delivery delivery = deliver(samples);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
      assertThat(delivery.outcome().kind()).isEqualTo(Kind.RETRYABLE);
      assertThat(delivery.outcome().reason()).contains("127.0.0.1", "longer than");
      assertThat(delivery.sent()).isFalse();
    }
  }

  @Test
  void a_server_without_starttls_gets_neither_login_nor_mail() throws Exception {
    try (ScriptedSmtp smtp = ScriptedSmtp.plain()) {
      Delivery delivery = deliver(EmailSamples.local(smtp.port(), Security.STARTTLS).login());
      assertThat(delivery.outcome().kind()).isEqualTo(Kind.MISCONFIGURED);
      assertThat(delivery.outcome().reason()).contains("STARTTLS", "security");
      assertThat(smtp.commands()).noneMatch(line -> line.startsWith("AUTH"));
      assertThat(smtp.mails()).isEmpty();
    }
  }

  @Test
  void a_file_without_certificates_stops_the_start() throws Exception {
    EmailSamples samples = new EmailSamples();
    samples.ca = Optional.of(Files.writeString(folder.resolve("empty.pem"), ""));
    assertThatThrownBy(() -> deliver(samples))
        .isInstanceOf(ComponentException.class)
        .hasMessageContaining("empty.pem")
        .extracting(failure -> ((ComponentException) failure).kind())
        .isEqualTo(Kind.MISCONFIGURED);
    samples.ca = Optional.of(folder.resolve("missing.pem"));
    assertThatThrownBy(() -> deliver(samples)).hasMessageContaining("missing.pem");
  }
}
