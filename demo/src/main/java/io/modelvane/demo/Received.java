package io.modelvane.demo;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that the {@link NotificationReceiver} was sent.
 *
 * @param path without the query
 * @param headers with names in lower case
 * @param body as text
 * @param arrivedAt when it was read whole
 * @param status what it was answered
 */
public record Received(
    String path, Map<String, List<String>> headers, String body, Instant arrivedAt, int status) {
  /** Copies the headers. */
  public Received {
    headers = Map.copyOf(headers);
  }

  /** The first value of a header, whose name is given in lower case. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }
}
