package io.modelvane.influx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered to a write.
 *
 * @param status the HTTP status
 * @param body the body, cut at a limit; empty when it could not be read
 * @param retryAfter the header, if any
 * @param location the header, if any
 */
record Reply(int status, String body, @Nullable String retryAfter, @Nullable String location) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGEST = Duration.ofHours(1);

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** The server's own words: the message in its JSON, or the body's beginning. */
  String words() {
    JsonNode json = json();
    for (String name : new String[] {"message", "error"}) {
      if (json.path(name).isTextual() && !json.path(name).asText().isEmpty()) {
        return json.path(name).asText();
      }
    }
    String text = body.strip().replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").strip();
    return text.isEmpty() ? "no words" : text.length() > 300 ? text.substring(0, 300) : text;
  }

  JsonNode json() {
    try {
      JsonNode node = JSON.readTree(body);
      return node == null ? JSON.missingNode() : node;
    } catch (JsonProcessingException html) {
      return JSON.missingNode();
    }
  }

  /** How long the server asks to wait: seconds or a date (RFC 9110, 10.2.3), capped at an hour. */
  Optional<Duration> pause(Clock clock) {
    if (retryAfter == null) {
      return Optional.empty();
    }
    String text = retryAfter.strip();
    Duration pause;
    if (text.matches("\\d{1,9}")) {
      pause = Duration.ofSeconds(Long.parseLong(text));
    } else {
      try {
        pause =
            Duration.between(
                clock.instant(),
                ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      } catch (DateTimeException garbage) {
        return Optional.empty();
      }
    }
    if (pause.isNegative()) {
      return Optional.of(Duration.ZERO);
    }
    return Optional.of(pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
  }
}
