package io.modelvane.notifier.email;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

/** Addresses of people. */
final class Addresses {
  private Addresses() {}

  /** Whether this is one address with a domain, and nothing that could begin another header. */
  static boolean isValid(String text) {
    if (!text.equals(shown(text))) {
      return false;
    }
    try {
      InternetAddress address = new InternetAddress(text, true);
      address.validate();
      return address.getAddress().contains("@");
    } catch (AddressException invalid) {
      return false;
    }
  }

  /** The text on one line. */
  static String shown(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  /** What stands after the {@code @}. */
  static String domain(String text) throws AddressException {
    String address = new InternetAddress(text, true).getAddress();
    return address.substring(address.lastIndexOf('@') + 1);
  }
}
