package io.modelvane.toolkit;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request. Headers are sent as they are, the body as UTF-8 under exactly this content type.
 *
 * @param url may hold a secret in its path or query: nobody is shown more than its host
 */
public record HttpRequest(
    String method, URI url, Map<String, String> headers, String contentType, String body) {
  private static final int SHORTEST_SECRET = 4;
  // A shorter value of a header is a word that answers have, not a key.
  private static final int SHORTEST_HEADER = 8;

  /** Copies the headers. */
  public HttpRequest {
    headers = Map.copyOf(headers);
  }

  /** A POST of JSON. */
  public static HttpRequest json(URI url, Map<String, String> headers, String body) {
    return new HttpRequest("POST", url, headers, "application/json", body);
  }

  /** What messages call the other side. */
  String host() {
    return String.valueOf(url.getHost());
  }

  /** Hides what an answer may repeat of this request: path, query, credentials, headers. */
  String mask(String answer) {
    String masked = hide(hide(answer, url.getRawQuery()), url.getRawPath());
    @Nullable String login = headers.get("Authorization");
    masked = login == null ? masked : hide(masked, login.substring(login.indexOf(' ') + 1));
    for (String value : headers.values()) {
      masked = value.length() < SHORTEST_HEADER ? masked : hide(masked, value);
    }
    return masked;
  }

  private static String hide(String text, @Nullable String secret) {
    return secret == null || secret.length() < SHORTEST_SECRET
        ? text
        : text.replace(secret, "****");
  }
}
