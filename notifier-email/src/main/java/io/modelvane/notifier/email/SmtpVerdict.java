package io.modelvane.notifier.email;

import io.modelvane.spi.Outcome;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * What a failure of SMTP means: 4yz may pass, 5yz will not (RFC 5321, 4.2.1), and a login or sender
 * that is refused is for the operator.
 *
 * @param outcome the classification
 * @param code the server's code that decided, if there was one
 * @param words the server's words
 */
record SmtpVerdict(Outcome outcome, OptionalInt code, String words) {
  private static final int PERMANENT = 500;
  private static final int LOGIN_NEEDED = 530;

  /** One reply: what it was to, its code, and the server's words. */
  private record Reply(String to, int code, String words) {
    boolean isPermanent() {
      return code >= PERMANENT;
    }

    @Override
    public String toString() {
      return to + ": " + words;
    }
  }

  /** Classifies a failure of a delivery through {@code server}. */
  static SmtpVerdict of(MessagingException failed, String server) {
    if (failed instanceof AuthenticationFailedException login) {
      return ofLogin(login, server);
    }
    List<Reply> replies = replies(failed);
    if (replies.isEmpty()) {
      return withoutReply(failed, server);
    }
    String words = replies.stream().map(Reply::toString).collect(Collectors.joining("; "));
    // One receiver that may be reached later is reason enough to try again.
    Reply decisive =
        replies.stream()
            .filter(reply -> !reply.isPermanent())
            .findFirst()
            .or(() -> replies.stream().filter(reply -> reply.to().equals(SENDER)).findFirst())
            .orElse(replies.get(0));
    String reason = server + ": " + words;
    Outcome outcome;
    if (!decisive.isPermanent()) {
      outcome = new Outcome.Retryable(reason);
    } else if (decisive.to().equals(SENDER) || decisive.code() == LOGIN_NEEDED) {
      outcome = new Outcome.Misconfigured(reason + "; check from, username and security");
    } else {
      outcome = Outcome.Rejected.of(reason);
    }
    return new SmtpVerdict(outcome, OptionalInt.of(decisive.code()), words);
  }

  private static final String SENDER = "sender";

  /** The server's words to a login are not repeated; but a code 4yz says that it may pass. */
  private static SmtpVerdict ofLogin(AuthenticationFailedException refused, String server) {
    boolean passing = String.valueOf(refused.getMessage()).startsWith("4");
    Outcome outcome =
        passing
            ? new Outcome.Retryable(server + " cannot check the login now")
            : new Outcome.Misconfigured(server + " refuses the login; check username and password");
    return new SmtpVerdict(outcome, OptionalInt.empty(), "");
  }

  private static SmtpVerdict withoutReply(MessagingException failed, String server) {
    String words = words(failed);
    boolean tls = words.contains("STARTTLS");
    for (@Nullable Throwable at = failed; at != null; at = at.getCause()) {
      tls |= at instanceof SSLException;
      if (at instanceof CappedSocket.TooMuch tooMuch) { // whatever it is wrapped in
        tls = false;
        words = String.valueOf(tooMuch.getMessage());
      }
    }
    String reason = server + ": " + words;
    Outcome outcome =
        tls
            ? new Outcome.Misconfigured(reason + "; check security, ca and the certificate")
            : new Outcome.Retryable(reason + "; check host and port, and the network");
    return new SmtpVerdict(outcome, OptionalInt.empty(), words);
  }

  private static List<Reply> replies(MessagingException failed) {
    List<Reply> replies = new ArrayList<>();
    for (@Nullable Exception at = failed; at != null; at = next(at)) {
      if (at instanceof SMTPAddressFailedException address) {
        String to = String.valueOf(address.getAddress());
        replies.add(new Reply(to, address.getReturnCode(), words(at)));
      } else if (at instanceof SMTPSenderFailedException sender) {
        replies.add(new Reply(SENDER, sender.getReturnCode(), words(at)));
      } else if (at instanceof SMTPSendFailedException send && send.getReturnCode() >= 400) {
        replies.add(new Reply("message", send.getReturnCode(), words(at)));
      }
    }
    return replies;
  }

  private static @Nullable Exception next(Exception failure) {
    return failure instanceof MessagingException messaging ? messaging.getNextException() : null;
  }

  private static String words(Exception failure) {
    return String.valueOf(failure.getMessage()).strip().replaceAll("\\s+", " ");
  }
}
