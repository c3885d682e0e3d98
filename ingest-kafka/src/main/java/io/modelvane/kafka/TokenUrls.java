package io.modelvane.kafka;

import java.net.URI;
import java.util.Arrays;

/**
 * Lets kafka-clients fetch tokens from the URL that the configuration names. Since 4.0 it does so
 * only from URLs listed in a system property, so that whoever may send it a configuration cannot
 * make it call anybody; here the operator wrote the URL, and nobody else does.
 */
final class TokenUrls {
  private static final String ALLOWED = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

  private TokenUrls() {}

  static synchronized void allow(URI url) {
    String allowed = System.getProperty(ALLOWED, "");
    if (!Arrays.asList(allowed.split(",", -1)).contains(url.toString())) {
      System.setProperty(ALLOWED, allowed.isEmpty() ? url.toString() : allowed + "," + url);
    }
  }
}
