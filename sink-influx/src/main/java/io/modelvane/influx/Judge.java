package io.modelvane.influx;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelvane.spi.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads replies of InfluxDB 1, 2 and 3 to a write. The bodies are those observed on 2.9 and
 * documented at https://docs.influxdata.com/influxdb/v2/write-data/troubleshoot/ and
 * https://docs.influxdata.com/influxdb3/core/write-data/troubleshoot/.
 */
final class Judge {
  private static final Pattern UNPARSABLE =
      Pattern.compile("unable to parse '(.*?)': ([^\\n]*)(?:\\n|$)", Pattern.DOTALL);

  private final InfluxOptions options;
  private final Clock clock;

  Judge(InfluxOptions options, Clock clock) {
    this.options = options;
    this.clock = clock;
  }

  Verdict judge(Reply reply, boolean compressed) {
    if (reply.isSuccess()) {
      return new Verdict.Stored();
    }
    String words = reply.words();
    return switch (reply.status()) {
      case 400, 422 -> rejected(reply, words);
      case 401, 403 ->
          misconfigured(
              "answers %d (%s); check the token and its write permission on '%s'"
                  .formatted(reply.status(), words, options.bucket()));
      case 404 ->
          misconfigured(
              "answers 404 (%s); create the bucket, or check url, org and bucket".formatted(words));
      case 413 -> new Verdict.TooLarge("413: " + words);
      case 408, 429, 502, 503, 504 -> later(reply, words);
      default -> other(reply, words, compressed);
    };
  }

  private Verdict other(Reply reply, String words, boolean compressed) {
    if (reply.status() >= 300 && reply.status() < 400) {
      return misconfigured(
          "answers %d and points to %s; set url to the server itself"
              .formatted(reply.status(), withoutQuery(reply.location())));
    }
    if (reply.status() >= 500) {
      if (isPartial(words)) {
        return rejected(reply, words);
      }
      return compressed ? new Verdict.NotInflated(words) : later(reply, words);
    }
    return new Verdict.Suspect(reply.status() + ": " + words);
  }

  private static String withoutQuery(@org.jspecify.annotations.Nullable String location) {
    return location == null ? "nowhere" : location.replaceAll("\\?.*", "");
  }

  private static boolean isPartial(String words) {
    return words.contains("partial write")
        || words.contains("field type conflict")
        || words.contains("outside retention policy");
  }

  private Verdict rejected(Reply reply, String words) {
    JsonNode data = reply.json().path("data");
    if (data.isArray() && !data.isEmpty()) {
      return namedByNumber(data);
    }
    if (words.contains("has been stripped from point") && words.contains("dropped=0")) {
      return new Verdict.Stored();
    }
    Matcher matcher = UNPARSABLE.matcher(words);
    List<String> texts = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    while (matcher.find()) {
      texts.add(matcher.group(1));
      reasons.add("unable to parse: " + matcher.group(2));
    }
    if (!texts.isEmpty() && !words.contains("partial write")) {
      return new Verdict.Named(texts, List.of(), reasons, false);
    }
    return new Verdict.Suspect(words);
  }

  private static Verdict namedByNumber(JsonNode data) {
    List<Integer> numbers = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (JsonNode entry : data) {
      if (!entry.path("line_number").canConvertToInt()) {
        return new Verdict.Suspect(entry.path("error_message").asText("partial write"));
      }
      numbers.add(entry.path("line_number").asInt());
      reasons.add(entry.path("error_message").asText("rejected"));
    }
    // The server names up to 100 lines; whether there are more, only trying tells.
    return new Verdict.Named(List.of(), numbers, reasons, numbers.size() < 100);
  }

  private Verdict later(Reply reply, String words) {
    String reason = "%s answers %d: %s".formatted(server(), reply.status(), words);
    Optional<Duration> pause = reply.pause(clock);
    return new Verdict.Failed(
        pause.isPresent()
            ? new Outcome.Throttled(pause.get(), reason)
            : new Outcome.Retryable(reason));
  }

  private Verdict misconfigured(String words) {
    return new Verdict.Failed(new Outcome.Misconfigured(server() + " " + words));
  }

  /** The server for messages, without path and query. */
  String server() {
    return "InfluxDB at " + options.url().getHost() + ":" + port();
  }

  private int port() {
    if (options.url().getPort() >= 0) {
      return options.url().getPort();
    }
    return "https".equals(options.url().getScheme()) ? 443 : 80;
  }
}
