package io.modelvane.influx;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request as it arrived.
 *
 * @param method the method
 * @param target path and query
 * @param headers names in lower case
 * @param body the body, inflated
 */
record Received(String method, String target, Map<String, String> headers, String body) {
  Received {
    headers = Map.copyOf(headers);
  }

  String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  boolean isCompressed() {
    return header("Content-Encoding").equals("gzip");
  }

  /** The lines of the body. */
  List<String> lines() {
    return body.lines().toList();
  }
}
