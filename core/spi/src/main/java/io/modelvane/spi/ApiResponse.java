package io.modelvane.spi;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * An answer of the HTTP API. Errors are answered with one sentence for the caller ({@link
 * #problem}), which the engine makes into a problem document of RFC 9457.
 *
 * @param status the HTTP status, 200 to 599
 * @param headers further headers, by name
 * @param body JSON, or with a status from 400 on the sentence; empty for none
 */
public record ApiResponse(int status, Map<String, String> headers, String body) {
  /** Copies the map. */
  public ApiResponse {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException(status + " is no status of an answer");
    }
    Objects.requireNonNull(body, "an answer needs a body, which may be empty");
    headers = Map.copyOf(Objects.requireNonNull(headers, "an answer needs headers"));
  }

  /** An answer in JSON. */
  public static ApiResponse json(int status, String body) {
    return new ApiResponse(status, Map.of(), body);
  }

  /** Done, and nothing to say about it: 204. */
  public static ApiResponse done() {
    return new ApiResponse(204, Map.of(), "");
  }

  /**
   * An error.
   *
   * @param status from 400 on
   * @param detail what is wrong and what to do, in one sentence without secrets
   */
  public static ApiResponse problem(int status, String detail) {
    if (status < 400) {
      throw new IllegalArgumentException(status + " is no status of an error");
    }
    return new ApiResponse(status, Map.of(), detail);
  }

  /** The same with one more header. */
  public ApiResponse with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new ApiResponse(status, more, body);
  }
}
