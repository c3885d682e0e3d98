package io.modelvane.notifier.email;

import io.modelvane.spi.Notification;
import jakarta.mail.Address;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Receivers that the server could not take a mail for when it took it for others. Many servers turn
 * a sender away for a few minutes at first (greylisting, RFC 6647), and a full mailbox is full for
 * days: they are asked again for {@link #PATIENCE}, ever more seldom.
 *
 * @param addresses who has to get the mail still; all of its receivers where it is empty
 */
record Laggards(List<String> addresses) {
  /** For how long the mail of a notification is tried for those who could not get it. */
  static final Duration PATIENCE = Duration.ofHours(1);

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final String MAIL = "mail";
  private static final String WAITING = "waiting";

  /** Those of an earlier attempt at the same notification. */
  static Laggards of(Notification notification) {
    boolean same = notification.id().equals(notification.receipt().get(MAIL));
    String waiting = same ? notification.receipt().getOrDefault(WAITING, "") : "";
    return new Laggards(Stream.of(waiting.split(" ")).filter(one -> !one.isEmpty()).toList());
  }

  static Laggards of(Address[] unsent) {
    return new Laggards(Arrays.stream(unsent).map(Laggards::plain).toList());
  }

  private static String plain(Address address) {
    return address instanceof InternetAddress mailbox ? mailbox.getAddress() : address.toString();
  }

  boolean isEmpty() {
    return addresses.isEmpty();
  }

  /**
   * Whom an attempt is for; everybody when none of the laggards is among the receivers any more.
   */
  Address[] among(Address[] receivers) {
    Address[] left =
        Arrays.stream(receivers)
            .filter(receiver -> addresses.contains(plain(receiver)))
            .toArray(Address[]::new);
    return left.length == 0 ? receivers : left;
  }

  /** What the next attempt has to know. */
  Map<String, String> receipt(Notification notification) {
    String waiting = addresses.stream().sorted().collect(Collectors.joining(" "));
    return Map.of(MAIL, notification.id(), WAITING, waiting);
  }

  /** When to ask again, after so long. */
  static Duration pause(Notification notification, Instant now) {
    Duration age = Duration.between(notification.at(), now);
    if (age.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return age.compareTo(LONGEST) > 0 ? LONGEST : age;
  }

  /** Whether a notification is so old that nobody is asked again. */
  static boolean isTooLate(Notification notification, Instant now) {
    return Duration.between(notification.at(), now).compareTo(PATIENCE) > 0;
  }
}
