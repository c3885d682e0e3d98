package io.modelvane.engine.decode;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Decoder;
import io.modelvane.spi.DecoderFactory;
import io.modelvane.spi.Problems;

/** Any JSON, by a mapping. */
public final class JsonDecoderFactory implements DecoderFactory<JsonOptions> {
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
      checkTag(tag.name(), problems);
      checkSelector("tags", tag.from(), options, problems);
      if (tag.from().startsWith(JsonOptions.VALUE)) {
        problems.add("tags", "'" + tag.from() + "': write the key itself, without $value:");
      }
    }
    if (options.tags().stream().map(TagRule::from).distinct().count() < options.tags().size()) {
      problems.add("tags", "has two tags from one key");
    }
    if (options.tags().stream().map(TagRule::name).distinct().count() < options.tags().size()) {
      problems.add("tags", "names a tag twice");
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

  private static void checkTag(String name, Problems problems) {
    if (name.equals("_field") || name.equals("_measurement")) {
      problems.add("tags", "'" + name + "' cannot be a name: InfluxDB keeps it for itself");
    } else {
      checkName("tags", name, problems);
    }
  }

  private static void checkName(String path, String name, Problems problems) {
    if (name.isBlank() || name.equals("time")) {
      problems.add(path, "'" + name + "' cannot be a name: InfluxDB keeps 'time' for itself");
    }
  }

  @Override
  public Decoder create(JsonOptions options, ComponentContext context) {
    return new JsonDecoder(options, context);
  }
}
