package io.modelvane.engine.observe;

import com.sun.net.httpserver.Headers;
import io.modelvane.spi.ApiResponse;
import io.modelvane.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may use the API. Whoever has the token may do everything; without it one may read, and only
 * on a loopback address under one of its own names: a page in a browser that had its own name
 * resolved to 127.0.0.1 sends another.
 *
 * @param loopback whether the server listens on a loopback address
 * @param token what callers show; none when nobody may change anything
 */
public record ApiAccess(boolean loopback, Optional<Secret> token) {
  private static final String BEARER = "Bearer ";
  private static final Pattern OWN_NAME =
      Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");

  /** Why a request is refused; empty when it is not. */
  Optional<ApiResponse> refusal(Headers headers, boolean write) {
    List<String> shown = headers.getOrDefault("Authorization", List.of());
    if (token.isPresent() && !shown.isEmpty()) {
      return shown.size() == 1 && isToken(shown.get(0))
          ? Optional.empty()
          : Optional.of(
              unauthorized(
                  "this is not the token of 'http.token'", "Bearer error=\"invalid_token\""));
    }
    if (!loopback) {
      return Optional.of(unauthorized("send Authorization: Bearer TOKEN", "Bearer"));
    }
    List<String> hosts = headers.getOrDefault("Host", List.of());
    if (!hosts.stream().allMatch(ApiAccess::isOwn) || hosts.size() > 1) {
      return Optional.of(
          ApiResponse.problem(
              403, "without a token only localhost and 127.0.0.1 are answered, by these names"));
    }
    return write ? Optional.of(writing()) : Optional.empty();
  }

  private ApiResponse writing() {
    return token.isPresent()
        ? unauthorized("changes need Authorization: Bearer TOKEN, as in 'http.token'", "Bearer")
        : ApiResponse.problem(
            403,
            "changes are turned off; to turn them on set 'http.token' in the configuration and"
                + " restart");
  }

  private static ApiResponse unauthorized(String detail, String challenge) {
    return ApiResponse.problem(401, detail).with("WWW-Authenticate", challenge);
  }

  private boolean isToken(String authorization) {
    if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return false;
    }
    byte[] shown =
        authorization.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
    byte[] known = token.orElseThrow().reveal().getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(shown, known);
  }

  private static boolean isOwn(String host) {
    return OWN_NAME.matcher(host.strip().toLowerCase(Locale.ROOT)).matches();
  }
}
