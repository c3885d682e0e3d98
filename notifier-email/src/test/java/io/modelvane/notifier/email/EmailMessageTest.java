package io.modelvane.notifier.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.Notification;
import io.modelvane.testkit.HostileTexts;
import io.modelvane.testkit.Samples;
import jakarta.mail.BodyPart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

final class EmailMessageTest {
  private final EmailSamples samples = new EmailSamples();

  /** As a receiver reads it: written out and parsed again. */
  private MimeMessage received(Notification notification) throws Exception {
    Session session = Session.getInstance(new Properties());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new EmailMessage(samples.options(), "ml team").of(session, notification).writeTo(out);
    return new MimeMessage(session, new ByteArrayInputStream(out.toByteArray()));
  }

  private static String part(MimeMessage mail, int index) throws Exception {
    BodyPart part = ((MimeMultipart) mail.getContent()).getBodyPart(index);
    return part.getContent().toString().replace("\r\n", "\n");
  }

  @Test
  void says_what_where_how_bad_since_when_how_often_and_where_to_look() throws Exception {
    MimeMessage mail = received(Samples.notification().build());
    assertThat(mail.getSubject()).isEqualTo("CRIT risky-approvals: credit_card_approval 1.0.6");
    assertThat(mail.getFrom()[0]).hasToString("Modelvane <modelvane@example.com>");
    assertThat(mail.getAllRecipients()[0]).hasToString("ml-team@example.com");
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(mail.getHeader("X-Auto-Response-Suppress")).containsExactly("All");
    assertThat(mail.getHeader("List-Id")).containsExactly("<ml-team.modelvane.example.com>");
    assertThat(part(mail, 0))
        .isEqualTo(
            """
            risk_score is 0.93, above 0.7
            risk_score 0.93 (threshold > 0.7)
            crit since 2026-03-01 11:59:00 UTC (1 m 0 s), 3 breaches
            https://dash.example.com/d/models?var=credit&x=1\
            """);
    assertThat(part(mail, 1))
        .contains("risk_score 0.93 (threshold &gt; 0.7)<br>crit since")
        .contains("<td>algorithm_version</td><td>1.0.6</td>");
  }

  @Test
  void the_mails_of_an_incident_are_one_thread_and_a_repeat_is_the_same_mail() throws Exception {
    MimeMessage first = received(Samples.notification().id("n/1").build());
    MimeMessage last = received(Samples.notification().id("n/2").resolved().build());
    assertThat(first.getMessageID()).isEqualTo("<n-1@example.com>");
    assertThat(received(Samples.notification().id("n/1").repeated(2).build()).getMessageID())
        .isEqualTo(first.getMessageID());
    assertThat(last.getMessageID()).isNotEqualTo(first.getMessageID());
    assertThat(last.getHeader("References")).isEqualTo(first.getHeader("References"));
    assertThat(last.getHeader("In-Reply-To")).containsExactly("<incident-i-0001@example.com>");
    MimeMessage other = received(Samples.notification().incident("i-0002").build());
    assertThat(other.getHeader("References")).isNotEqualTo(first.getHeader("References"));
  }

  @Test
  void no_data_can_add_a_header_or_a_receiver() throws Exception {
    samples.subject = "{{check}} {{message}} {{tags.model}}";
    List<String> usual = headers(received(Samples.notification().build()));
    for (String text : HostileTexts.all().values()) {
      String tag = text.substring(0, Math.min(text.length(), 10_000));
      MimeMessage mail =
          received(
              Samples.notification()
                  .check(text)
                  .message(text)
                  .series(Samples.series(Map.of("model", tag)))
                  .build());
      assertThat(headers(mail)).as(text).isEqualTo(usual);
      assertThat(mail.getAllRecipients()).hasSize(1);
      assertThat(mail.getSubject()).hasSizeLessThanOrEqualTo(200).doesNotContain("\n", "\r");
    }
  }

  private static List<String> headers(MimeMessage mail) throws Exception {
    return Collections.list(mail.getAllHeaders()).stream().map(header -> header.getName()).toList();
  }

  @Test
  void data_is_no_html() throws Exception {
    String html =
        part(
            received(
                Samples.notification()
                    .message("<script>\"x\" & y</script>")
                    .series(Samples.series(Map.of("<b>", "<img src=x>")))
                    .build()),
            1);
    assertThat(html)
        .contains("&lt;script&gt;&quot;x&quot; &amp; y&lt;/script&gt;")
        .contains("<td>&lt;b&gt;</td><td>&lt;img src=x&gt;</td>")
        .doesNotContain("<script", "<img");
  }

  @Test
  void a_line_of_one_dot_and_every_script_survive_the_way() throws Exception {
    String text = "before\n.\nafter ok \u00fc \u4f60 \ud83d\ude80";
    assertThat(part(received(Samples.notification().message(text).build()), 0)).startsWith(text);
  }

  @Test
  void templates_that_render_nothing_still_say_something() throws Exception {
    samples.subject = "{{#repeat}}x{{/repeat}}";
    samples.text = " ";
    MimeMessage mail = received(Samples.notification().build());
    assertThat(mail.getSubject()).isEqualTo("CRIT risky-approvals");
    assertThat(part(mail, 0)).isEqualTo("CRIT risky-approvals");
  }

  @Test
  void fields_of_the_operators_stand_below_the_text_instead_of_the_tags() throws Exception {
    samples.text = "{{message}}";
    samples.fields.put("Team & owner", "{{tags.team}}");
    samples.fields.put("Limit", "{{details.threshold}}");
    MimeMessage mail = received(Samples.notification().build());
    assertThat(part(mail, 0))
        .isEqualTo("risk_score is 0.93, above 0.7\nTeam & owner: (no tags.team)\nLimit: > 0.7");
    assertThat(part(mail, 1))
        .contains("<td>Team &amp; owner</td><td>(no tags.team)</td>", "<td>&gt; 0.7</td>")
        .doesNotContain("algorithm_version");
  }

  @Test
  void a_name_that_does_not_exist_is_shown() throws Exception {
    samples.subject = "{{check}} {{nope}}";
    assertThat(received(Samples.notification().build()).getSubject())
        .isEqualTo("risky-approvals (no nope)");
  }
}
