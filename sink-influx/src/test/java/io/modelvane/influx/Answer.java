package io.modelvane.influx;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a {@link ScriptedServer} does with a request.
 *
 * @param status the HTTP status
 * @param headers beyond content type and length
 * @param body the body
 * @param manner how it is sent
 */
record Answer(int status, Map<String, String> headers, String body, Manner manner) {
  /** How an answer is sent. */
  enum Manner {
    WHOLE,
    /** Half of the body, then the connection is closed. */
    TRUNCATED,
    /** A byte of the body now and then. */
    DRIPPING,
    /** Nothing, while the connection stays open. */
    HANGING,
    /** Nothing, and the connection is reset. */
    RESET
  }

  Answer {
    headers = Map.copyOf(headers);
  }

  static Answer of(int status, String body) {
    return new Answer(status, Map.of(), body, Manner.WHOLE);
  }

  static Answer stored() {
    return of(204, "");
  }

  /** An error as InfluxDB 2 says it. */
  static Answer v2(int status, String code, String message) {
    return of(status, "{\"code\":\"%s\",\"message\":\"%s\"}".formatted(code, json(message)));
  }

  /** An error as InfluxDB 1 says it. */
  static Answer v1(int status, String message) {
    return of(status, "{\"error\":\"" + json(message) + "\"}");
  }

  static String json(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body, manner);
  }

  Answer sent(Manner how) {
    return new Answer(status, headers, body, how);
  }
}
