package io.modelvane.influx;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered to a write.
 *
 * @param status the HTTP status
 * @param body the body, cut at a limit
 * @param extent how much of what the server said that is
 * @param retryAfter the header, if any
 * @param location the header, if any
 */
record Reply(
    int status,
    String body,
    Extent extent,
    @Nullable String retryAfter,
    @Nullable String location) {
  /** How much of a body is there. */
  enum Extent {
    WHOLE,
    /** It was longer than what is kept of any; the server meant the rest as well. */
    BEGINNING,
    /** The connection broke in its middle. */
    BROKEN_OFF
  }

  private static final Duration LONGEST = Duration.ofDays(1);

  /**
   * InfluxDB 1 and 3 say {@code error}, 2 {@code code}, 3 also {@code data}, QuestDB {@code line}.
   */
  private static final List<String> MEMBERS = List.of("error", "code", "data", "line");

  /** What stores say that answer in plain text. */
  private static final Pattern STORES = Pattern.compile("pars(?:e|ing)|partial write|retention");

  /** Made for the first answer that has words: most have none, and it is a tenth of all classes. */
  private static final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** Whether it is a page for people, as InfluxDB 2 has one under every path beside its API. */
  boolean isPage() {
    return body.strip().startsWith("<");
  }

  /** The server's own words: the message in its JSON, or the body's text. */
  String words() {
    JsonNode json = json();
    for (String name : new String[] {"message", "error"}) {
      if (json.path(name).isTextual() && !json.path(name).asText().isEmpty()) {
        return json.path(name).asText();
      }
    }
    // A gateway's page: without its marks, and without the URL's query that some repeat.
    String text =
        body.replaceAll("<[^>]*>", " ").replaceAll("\\?\\S+", "").replaceAll("\\s+", " ").strip();
    return text.isEmpty() ? "no words" : text;
  }

  /** Whether somebody answered who does not speak InfluxDB's API, such as a gateway. */
  boolean isForeign() {
    return isPage() || !(speaksOfRows() || STORES.matcher(body).find());
  }

  private boolean speaksOfRows() {
    return members().stream().anyMatch(MEMBERS::contains);
  }

  /** The names in the body's JSON object, as far as it goes. */
  private Set<String> members() {
    Set<String> names = new HashSet<>();
    try (JsonParser json = Json.MAPPER.createParser(body)) {
      json.nextToken();
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        names.add(name);
        json.nextToken();
        json.skipChildren();
      }
    } catch (IOException cutOrNone) {
      return extent == Extent.WHOLE ? Set.of() : names;
    }
    return names;
  }

  JsonNode json() {
    try {
      JsonNode node = Json.MAPPER.readTree(body);
      return node == null ? MissingNode.getInstance() : node;
    } catch (JsonProcessingException html) {
      return MissingNode.getInstance();
    }
  }

  /** How long the server asks to wait: seconds or a date (RFC 9110, 10.2.3), capped. */
  Optional<Duration> pause(Clock clock) {
    if (retryAfter == null) {
      return Optional.empty();
    }
    String text = retryAfter.strip();
    if (text.matches("\\d+")) {
      // More digits than a year has seconds: as good as the cap.
      return Optional.of(text.length() > 9 ? LONGEST : capped(Long.parseLong(text)));
    }
    try {
      ZonedDateTime until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Optional.of(
          capped(Duration.between(clock.instant(), until.toInstant()).toSeconds() + 1));
    } catch (DateTimeException | ArithmeticException garbage) {
      return Optional.empty();
    }
  }

  /** At least a second: a server that asks for zero is not to be asked in a tight loop. */
  private static Duration capped(long seconds) {
    return Duration.ofSeconds(Math.max(1, Math.min(seconds, LONGEST.toSeconds())));
  }
}
