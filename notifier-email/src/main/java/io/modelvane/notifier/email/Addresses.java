package io.modelvane.notifier.email;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

/** Addresses of people. */
final class Addresses {
  private Addresses() {}

  static boolean isValid(String text) {
    try {
      InternetAddress address = new InternetAddress(text, true);
      return address.getAddress().contains("@");
    } catch (AddressException invalid) {
      return false;
    }
  }
}
