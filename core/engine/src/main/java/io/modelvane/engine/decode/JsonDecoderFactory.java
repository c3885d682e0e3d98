package io.modelvane.engine.decode;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Decoder;
import io.modelvane.spi.DecoderFactory;
import io.modelvane.spi.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Any JSON, by a mapping. */
public final class JsonDecoderFactory implements DecoderFactory<JsonOptions> {
  private static final Set<String> KEPT = Set.of("time", "_field", "_measurement");

  @Override
  public String type() {
    return "json";
  }

  @Override
  public String description() {
    return "JSON objects, by a mapping of keys to measurement, tags, fields and time.";
  }

  @Override
  public Class<JsonOptions> options() {
    return JsonOptions.class;
  }

  @Override
  public void validate(JsonOptions options, Problems problems) {
    if (options.identity() == Identity.VALUE && options.identityKey().isEmpty()) {
      problems.add("identity", "value needs an identity_key, for example request_id");
    }
    if (options.identity() != Identity.VALUE && options.identityKey().isPresent()) {
      problems.add("identity_key", "is only used with identity: value");
    }
    checkMeasurement(options, problems);
    options.rename().forEach((key, name) -> checkName("rename." + key, name, problems));
    for (TagRule tag : options.tags()) {
      checkName("tags", tag.name(), problems);
      checkSelector("tags", tag.from(), options, problems);
      if (tag.from().startsWith(JsonOptions.VALUE)) {
        problems.add("tags", "'" + tag.from() + "': write the key itself, without $value:");
      }
    }
    checkOnce(options.tags(), TagRule::from, "'%s' gives a tag", problems);
    checkOnce(options.tags(), TagRule::name, "the tag '%s' is named", problems);
  }

  /** Two problems for what is there twice, so that the user sees both places. */
  private static void checkOnce(
      List<TagRule> tags, Function<TagRule, String> part, String words, Problems problems) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < tags.size(); i++) {
      String text = part.apply(tags.get(i));
      Integer earlier = places.putIfAbsent(text, i);
      if (earlier != null) {
        String twice =
            words.formatted(text) + " twice, here and in tags[%d]; remove one of the two";
        problems.add("tags[" + earlier + "]", twice.formatted(i));
        problems.add("tags[" + i + "]", twice.formatted(earlier));
      }
    }
  }

  private static void checkMeasurement(JsonOptions options, Problems problems) {
    String from = options.measurement();
    if (from.isBlank() || from.equals(JsonOptions.VALUE)) {
      problems.add("measurement", "is empty");
    } else if (from.startsWith("$") && !from.matches("\\$(topic|key|(topic|header|value):.*)")) {
      problems.add(
          "measurement",
          "'"
              + from
              + "' is unknown; write a name, $topic, $topic:N, $key, $header:NAME or $value:KEY");
    }
    checkSelector("measurement", from, options, problems);
  }

  private static void checkSelector(
      String path, String from, JsonOptions options, Problems problems) {
    if (from.equals("$header:")) {
      problems.add(path, "'$header:' needs the name of a header");
    } else if (from.startsWith("$topic:")) {
      int groups = options.topicPattern().map(p -> p.matcher("").groupCount()).orElse(0);
      if (options.topicPattern().isEmpty()) {
        problems.add(path, "'" + from + "' needs a topic_pattern with captures");
      } else if (!from.matches("\\$topic:\\d{1,3}")
          || Integer.parseInt(from.substring(7)) > groups) {
        problems.add(path, "'%s': topic_pattern has captures 1 to %d".formatted(from, groups));
      }
    }
  }

  private static void checkName(String path, String name, Problems problems) {
    if (name.isBlank()) {
      problems.add(path, "'" + name + "' cannot be a name");
    } else if (KEPT.contains(name)) {
      problems.add(path, "'" + name + "' cannot be a name: InfluxDB keeps it for itself");
    }
  }

  @Override
  public Decoder create(JsonOptions options, ComponentContext context) {
    return new JsonDecoder(options, context);
  }
}
