package io.modelvane.notifier.email;

import io.modelvane.spi.Notification;
import io.modelvane.toolkit.Escapes;
import io.modelvane.toolkit.Fields;
import io.modelvane.toolkit.MessageValues;
import io.modelvane.toolkit.Templates;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A notification as mail: text and HTML, one thread per incident, marked as made by a machine (RFC
 * 3834). The message id is that of the notification, so that a repeat is the same mail.
 */
final class EmailMessage {
  private static final int MOST_SUBJECT = 200;

  private final EmailOptions options;
  private final String name;
  private final Templates.Template subject;
  private final Templates.Template text;
  private final Templates.Template html;
  private final Fields fields;
  private final Fields richFields;

  /**
   * Messages of a notifier.
   *
   * @param name the notifier's, by which a reader can sort its mails
   */
  EmailMessage(EmailOptions options, String name) {
    this.options = options;
    this.name = name;
    Templates plain = new Templates(value -> value);
    this.subject = plain.compile(options.subject());
    this.text = plain.compile(options.text());
    this.fields = new Fields(plain, options.fields());
    Templates rich = new Templates(Escapes::html);
    this.html = rich.compile(options.text());
    this.richFields = new Fields(rich, options.fields());
  }

  Mail of(Session session, Notification notification) throws MessagingException {
    Map<String, Object> values = MessageValues.of(notification);
    Mail mail = new Mail(session, id(notification.id()));
    mail.setFrom(new InternetAddress(options.from()));
    for (String to : options.to()) {
      mail.addRecipient(Message.RecipientType.TO, new InternetAddress(to));
    }
    String title = oneLine(MessageValues.orHeadline(subject.render(values), values));
    mail.setHeader("Subject", encoded(MessageValues.cut(title, MOST_SUBJECT)));
    mail.setSentDate(Date.from(notification.at()));
    byMachine(mail);
    String root = id("incident-" + notification.incident().id());
    mail.setHeader("In-Reply-To", root);
    mail.setHeader("References", root);
    mail.setContent(alternatives(values));
    mail.saveChanges();
    return mail;
  }

  /** No answer of an absent reader's machine is wanted, and rules for mail find the list. */
  private void byMachine(Mail mail) throws MessagingException {
    mail.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834
    mail.setHeader("X-Auto-Response-Suppress", "All"); // what Exchange heeds instead
    mail.setHeader("List-Id", id(name + ".modelvane").replace('@', '.')); // RFC 2919
  }

  private MimeMultipart alternatives(Map<String, Object> values) throws MessagingException {
    MimeBodyPart plain = new MimeBodyPart();
    plain.setText(words(values), StandardCharsets.UTF_8.name());
    MimeBodyPart rich = new MimeBodyPart();
    rich.setContent(page(values), "text/html; charset=utf-8");
    return new MimeMultipart("alternative", plain, rich);
  }

  /** The text, and below it the operator's fields; the tags are in the page alone. */
  private String words(Map<String, Object> values) {
    StringBuilder words = new StringBuilder(MessageValues.orHeadline(text.render(values), values));
    fields.of(values).forEach((name, value) -> words.append("\n" + name + ": " + value));
    return words.toString();
  }

  private String page(Map<String, Object> values) {
    StringBuilder page = new StringBuilder("<html><body><p>");
    page.append(MessageValues.orHeadline(html.render(values), values).replace("\n", "<br>"))
        .append("</p><table>");
    richFields
        .orTags(values)
        .forEach(
            (name, value) -> page.append("<tr><td>" + name + "</td><td>" + value + "</td></tr>"));
    return page.append("</table></body></html>").toString();
  }

  /** No data may begin another header. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  /** Not folded: readers of mail disagree about a fold after a backslash. */
  private static String encoded(String title) throws MessagingException {
    try {
      return MimeUtility.encodeText(title, StandardCharsets.UTF_8.name(), null);
    } catch (UnsupportedEncodingException impossible) {
      throw new MessagingException("every JDK has UTF-8", impossible);
    }
  }

  private String id(String local) throws AddressException {
    String domain = Addresses.domain(options.from());
    return "<" + local.replaceAll("[^A-Za-z0-9._-]", "-") + "@" + domain + ">";
  }

  /** A message that keeps the id it is given, and tells when it begins to be sent. */
  static final class Mail extends MimeMessage {
    private final String id;
    private Runnable beginning = () -> {};

    private Mail(Session session, String id) {
      super(session);
      this.id = id;
    }

    /** Runs when the server has agreed to DATA, before the first byte of the text is written. */
    void whenItBegins(Runnable told) {
      beginning = told;
    }

    @Override
    public void writeTo(OutputStream out, String @Nullable [] ignored)
        throws IOException, MessagingException {
      beginning.run();
      super.writeTo(out, ignored);
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}
