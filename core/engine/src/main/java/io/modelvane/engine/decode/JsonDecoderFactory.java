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
    options.rename().forEach((key, name) -> checkName("rename." + key, name, problems));
    for (TagRule tag : options.tags()) {
      checkName("tags", tag.name(), problems);
    }
    if (options.tags().stream().map(TagRule::name).distinct().count() < options.tags().size()) {
      problems.add("tags", "names a tag twice");
    }
    if (options.measurement().isBlank()) {
      problems.add("measurement", "is empty");
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
