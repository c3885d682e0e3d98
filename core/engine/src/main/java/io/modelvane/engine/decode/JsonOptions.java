package io.modelvane.engine.decode;

import io.modelvane.spi.Option;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a JSON object becomes a point. Nested keys are written with dots: {@code usage.tokens}. */
public record JsonOptions(
    @Option(
            description =
                "Measurement: a text, or `$topic`, `$topic:N`, `$key`, `$header:NAME` as in a tag's"
                    + " `from`, or `$value:KEY` for a value of the message.",
            example = "model_calls")
        String measurement,
    @Option(
            description = "Keys that become tags. A tag without a value is left out of the point.",
            example = "[model, version]")
        List<TagRule> tags,
    @Option(
            description = "Keys that may become fields, `*` stands for anything.",
            defaultValue = "[\"*\"]")
        List<String> fields,
    @Option(description = "Keys that never become fields.") List<String> drop,
    @Option(description = "Fields under another name: key to name.") Map<String, String> rename,
    @Option(
            description =
                "Keys whose numbers are integers. All others are floats, so that 0 and then 0.5 do"
                    + " not conflict.")
        List<String> integers,
    @Option(description = "Keys whose text is kept as text.") List<String> strings,
    @Option(description = "Keys whose truth values stay truth values; others become 1 and 0.")
        List<String> booleans,
    @Option(
            description = "Keys that may hold the time; the first that does counts.",
            defaultValue = "[time, timestamp]")
        List<String> time,
    @Option(description = "Unit of a time given as a number.", defaultValue = "auto")
        TimeUnitOption timeUnit,
    @Option(description = "Zone of a time that names none.", defaultValue = "UTC") ZoneId zone,
    @Option(
            description =
                "Key of an array: each element becomes a point of its own, with the other keys of"
                    + " the message. `.` when the message itself is an array.")
        Optional<String> explode,
    @Option(
            description =
                "What keeps events of one series and one time apart, in the digits below the time's"
                    + " resolution.",
            defaultValue = "position")
        Identity identity,
    @Option(
            description = "The key for identity `value`; it need not become a field.",
            example = "request_id")
        Optional<String> identityKey,
    @Option(description = "Regular expression whose captures `$topic:1` and so on stand for.")
        Optional<Pattern> topicPattern) {
  /** What stands before a key of the message that names the measurement. */
  static final String VALUE = "$value:";

  /**
   * The mapping of Algorithmia Insights messages: see the fields at
   * https://algorithmiaio.github.io/monitoring-and-observability/insights.
   */
  static JsonOptions insights(boolean keepIds) {
    List<String> ids = List.of("request_id", "session_id");
    return new JsonOptions(
        "algorithmia",
        List.of(
            TagRule.parse("algorithm_name"),
            TagRule.parse("algorithm_owner"),
            TagRule.parse("algorithm_version")),
        List.of("*"),
        keepIds ? List.of() : ids,
        Map.of(),
        List.of(),
        keepIds ? ids : List.of(),
        List.of(),
        List.of("time", "timestamp"),
        TimeUnitOption.AUTO,
        ZoneOffset.UTC,
        Optional.empty(),
        Identity.VALUE,
        Optional.of("request_id"),
        Optional.empty());
  }
}
