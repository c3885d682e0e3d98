package io.modelvane.influx;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where and how a write goes: path, query and headers of the chosen API.
 *
 * @param path relative to the server's URL
 * @param query parameters
 * @param headers beyond those of the client
 */
record WriteTarget(String path, Map<String, String> query, Map<String, String> headers) {
  static WriteTarget of(InfluxOptions options) {
    Map<String, String> query = new LinkedHashMap<>();
    Map<String, String> headers = new LinkedHashMap<>();
    return switch (options.api()) {
      case V2 -> {
        options.org().ifPresent(org -> query.put("org", org));
        query.put("bucket", options.bucket());
        query.put("precision", "ns");
        yield new WriteTarget("api/v2/write", query, headers);
      }
      case V1 -> {
        query.put("db", options.bucket());
        options.retentionPolicy().ifPresent(policy -> query.put("rp", policy));
        query.put("precision", "n");
        if (options.username().isPresent() && options.password().isPresent()) {
          String login = options.username().get() + ":" + options.password().get().reveal();
          headers.put(
              "Authorization",
              "Basic "
                  + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        }
        yield new WriteTarget("write", query, headers);
      }
      case V3 -> {
        query.put("db", options.bucket());
        query.put("precision", "nanosecond");
        query.put("accept_partial", "true");
        options.token().ifPresent(t -> headers.put("Authorization", "Bearer " + t.reveal()));
        yield new WriteTarget("api/v3/write_lp", query, headers);
      }
    };
  }

  WriteTarget gzipped() {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put("Content-Encoding", "gzip");
    return new WriteTarget(path, query, more);
  }
}
