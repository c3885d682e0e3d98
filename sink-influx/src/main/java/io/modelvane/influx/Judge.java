package io.modelvane.influx;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.FieldType;
import io.modelvane.spi.Outcome;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Reads replies of InfluxDB 1, 2 and 3 to a write. The bodies are those observed on 1.6 and 2.9 and
 * documented at https://docs.influxdata.com/influxdb/v2/write-data/troubleshoot/ and
 * https://docs.influxdata.com/influxdb3/core/write-data/troubleshoot/.
 *
 * <p>Only 400 and 422 in the words of a store, and 413, speak of rows. All else is about the
 * request, the account or the server, and never a reason to give up a row.
 */
final class Judge {
  private static final int LONGEST_REASON = 500;
  private static final Pattern UNPARSABLE =
      Pattern.compile("unable to parse '(.*?)': ([^\\n]*)(?:\\n|$)", Pattern.DOTALL);
  private static final Pattern DROPPED =
      Pattern.compile(" dropped=(\\d{1,9})(?: for database: \\S+ for retention policy: \\S+)?$");
  private static final Pattern CONFLICT =
      Pattern.compile(
          "input field \"(.*)\" on measurement \"(.*)\" is type (float|integer|string|boolean),"
              + " already exists");

  /** The end of the answer: before it stand names of rows, which may say anything. */
  private static final Pattern EXPIRED =
      Pattern.compile(" Retention Policy Lower Bound at (\\S{1,40})" + DROPPED);

  private final InfluxOptions options;
  private final ComponentContext context;

  Judge(InfluxOptions options, ComponentContext context) {
    this.options = options;
    this.context = context;
  }

  Verdict judge(Reply reply, boolean compressed) {
    if (reply.isSuccess()) {
      return reply.isPage()
          ? misconfigured(
              "answers %d with a web page and stores nothing; check the path in url"
                  .formatted(reply.status()))
          : new Verdict.Stored();
    }
    String words = reply.words();
    return switch (reply.status()) {
      case 400, 422 -> rejected(reply, words, compressed);
      case 413 -> new Verdict.TooLarge(reason("413: " + words));
      case 415 ->
          compressed ? new Verdict.NotInflated() : misconfigured("answers 415 (" + words + ")");
      case 401, 403 ->
          misconfigured(
              "answers %d (%s); check the credentials and their write permission on '%s'"
                  .formatted(reply.status(), cut(words), options.bucket()));
      case 404 ->
          misconfigured(
              "answers 404 (%s); create '%s', or correct bucket, org or url"
                  .formatted(cut(words), options.bucket()));
      case 408, 429, 502, 503, 504 -> later(reply, words);
      default -> other(reply, words, compressed);
    };
  }

  private Verdict other(Reply reply, String words, boolean compressed) {
    if (reply.status() >= 500) {
      if (isPartial(words)) {
        return rejected(reply, words, compressed);
      }
      return compressed && reply.status() == 500 ? new Verdict.NotInflated() : later(reply, words);
    }
    if (reply.location() != null && reply.status() < 400) {
      return misconfigured(
          "answers %d and points to %s; set url to the server itself"
              .formatted(reply.status(), address(reply.location())));
    }
    return misconfigured(
        "answers %d (%s), which no InfluxDB does to a write; check url and api"
            .formatted(reply.status(), cut(words)));
  }

  /** A URL without what may be secret in it: login, query and fragment. */
  private static String address(String location) {
    return location.replaceAll("[?#].*", "").replaceAll("//[^/]*@", "//");
  }

  /** InfluxDB 2.0 said 500 where its successors say 422. */
  private static boolean isPartial(String words) {
    return words.contains("partial write")
        || words.contains("field type conflict")
        || words.contains("outside retention policy")
        || words.contains("points beyond retention policy");
  }

  private Verdict rejected(Reply reply, String words, boolean compressed) {
    if (reply.isForeign()) {
      return misconfigured(
          "answers %d (%s), and not in InfluxDB's words; check url and what stands between"
              .formatted(reply.status(), cut(words)));
    }
    if (compressed && (words.contains("gzip") || words.contains("unexpected EOF"))) {
      return new Verdict.NotInflated();
    }
    return byNumber(reply.json()).or(() -> byText(words)).orElseGet(() -> suspect(words));
  }

  private Verdict suspect(String words) {
    Matcher dropped = DROPPED.matcher(words);
    boolean counted = dropped.find();
    int count = counted ? Integer.parseInt(dropped.group(1)) : 0;
    if (counted && count == 0 && words.contains("has been stripped from point")) {
      return new Verdict.Stored(); // names of rows may stand in the words, but not at their end
    }
    return new Verdict.Suspect(reason(words), count, conflict(words).or(() -> expired(words)));
  }

  private static Optional<Verdict.Trait> conflict(String words) {
    Matcher conflict = CONFLICT.matcher(words);
    return conflict.find()
        ? Optional.of(
            new Verdict.Conflict(
                conflict.group(2),
                conflict.group(1),
                FieldType.valueOf(conflict.group(3).toUpperCase(Locale.ROOT))))
        : Optional.empty();
  }

  private static Optional<Verdict.Trait> expired(String words) {
    Matcher expired = EXPIRED.matcher(words);
    if (!expired.find()) {
      return Optional.empty();
    }
    try {
      Instant bound = Instant.parse(expired.group(1));
      long seconds = Math.multiplyExact(bound.getEpochSecond(), 1_000_000_000L);
      return Optional.of(new Verdict.Expired(Math.addExact(seconds, bound.getNano())));
    } catch (DateTimeException | ArithmeticException none) {
      return Optional.empty();
    }
  }

  /** InfluxDB 1 and 2 quote every line they cannot parse. */
  private Optional<Verdict> byText(String words) {
    Matcher matcher = UNPARSABLE.matcher(words);
    List<String> texts = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    while (matcher.find()) {
      texts.add(matcher.group(1));
      reasons.add(
          reason("unable to parse: " + matcher.group(2).replaceFirst(" dropped=\\d+$", "")));
    }
    return texts.isEmpty()
        ? Optional.empty()
        : Optional.of(new Verdict.Named(texts, List.of(), reasons, false));
  }

  /**
   * InfluxDB 3 lists up to 100 lines in {@code data}, the others being stored; with partial writes
   * switched off in the server it names one there, and nothing is stored. QuestDB gives one {@code
   * line}, and nothing is stored.
   */
  private Optional<Verdict> byNumber(JsonNode json) {
    JsonNode data = json.path("data");
    if (json.path("line").canConvertToInt()) {
      List<Integer> number = List.of(json.path("line").asInt());
      String reason = reason(json.path("message").asText("rejected"));
      return Optional.of(new Verdict.Named(List.of(), number, List.of(reason), false));
    }
    List<Integer> numbers = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (JsonNode entry : data.isArray() ? data : List.of(data)) {
      if (!entry.path("line_number").canConvertToInt()) {
        return Optional.empty();
      }
      numbers.add(entry.path("line_number").asInt());
      reasons.add(reason(entry.path("error_message").asText("rejected")));
    }
    // With 100 named there may be more: the rest is sent again to find out.
    boolean othersStored = data.isArray() && numbers.size() < 100;
    return numbers.isEmpty()
        ? Optional.empty()
        : Optional.of(new Verdict.Named(List.of(), numbers, reasons, othersStored));
  }

  private Verdict later(Reply reply, String words) {
    String reason = reason("%s answers %d: %s".formatted(server(), reply.status(), words));
    Optional<Duration> pause = reply.pause(context.clock());
    return new Verdict.Failed(
        pause.isPresent()
            ? new Outcome.Throttled(pause.get(), reason)
            : new Outcome.Retryable(reason),
        reply.status() == 500);
  }

  private Verdict misconfigured(String words) {
    return new Verdict.Failed(new Outcome.Misconfigured(reason(server() + " " + words)));
  }

  /** What it means that there was no answer. */
  Outcome explain(IOException failure) {
    if (failure instanceof UnknownHostException) {
      return new Outcome.Retryable(server() + " cannot be found; check the host in url and DNS");
    } else if (failure instanceof SSLException) {
      return new Outcome.Misconfigured(
          reason(
              "%s is not trusted or speaks no TLS (%s); check ca, the certificate and url"
                  .formatted(server(), failure.getMessage())));
    } else if (failure instanceof InterruptedIOException) {
      return new Outcome.Retryable(
          server() + " does not answer within " + options.timeout().toSeconds() + " s");
    }
    return new Outcome.Retryable(
        reason(
            "%s cannot be reached (%s); is it running, and url right?"
                .formatted(server(), failure.getMessage())));
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

  private String reason(String words) {
    return cut(context.redact(words));
  }

  private static String cut(String words) {
    return words.length() > LONGEST_REASON ? words.substring(0, LONGEST_REASON) + "..." : words;
  }
}
