package io.modelvane.influx;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Problems;
import io.modelvane.spi.Sink;
import io.modelvane.spi.SinkFactory;

/** Makes the sink {@code influxdb}. */
final class InfluxSinkFactory implements SinkFactory<InfluxOptions> {
  @Override
  public String type() {
    return "influxdb";
  }

  @Override
  public String description() {
    return "Stores points in InfluxDB 2, 1 or 3, or a store that speaks its line protocol.";
  }

  @Override
  public Class<InfluxOptions> options() {
    return InfluxOptions.class;
  }

  @Override
  public void validate(InfluxOptions options, Problems problems) {
    String scheme = options.url().getScheme();
    if (!"http".equals(scheme) && !"https".equals(scheme)) {
      problems.add("url", "must begin with http:// or https://");
    } else if (options.url().getHost() == null) {
      problems.add("url", "names no host");
    }
    if (options.url().getRawUserInfo() != null) {
      problems.add("url", "must not hold a password; use token, or username and password");
    }
    if (options.url().getRawQuery() != null) {
      problems.add("url", "must not have a query; org and bucket are options of their own");
    }
    if (options.bucket().isBlank()) {
      problems.add("bucket", "is empty");
    }
    switch (options.api()) {
      case V2 -> validateV2(options, problems);
      case V1 -> validateV1(options, problems);
      case V3 -> onlyV2(options, problems);
    }
    if (options.ca().isPresent() && "http".equals(scheme)) {
      problems.add("ca", "is for https:// only");
    }
    validateHeaders(options, problems);
  }

  /** What HTTP cannot carry would fail every single write. */
  private static void validateHeaders(InfluxOptions options, Problems problems) {
    if (options.token().isPresent() && options.token().get().isEmpty()) {
      problems.add("token", "is empty");
    } else if (options.token().isPresent() && !isPrintable(options.token().get().reveal())) {
      problems.add(
          "token", "has a line end, a space at an end, or a character no header can carry");
    }
    options
        .headers()
        .forEach(
            (name, value) -> {
              if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
                problems.add("headers", "'" + name + "' is no name of an HTTP header");
              } else if (!isPrintable(value.reveal())) {
                problems.add("headers." + name, "has a character that no header can carry");
              }
            });
  }

  private static boolean isPrintable(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c < 0x7f) && text.equals(text.strip());
  }

  private static void validateV2(InfluxOptions options, Problems problems) {
    if (options.org().isEmpty()) {
      problems.add("org", "is required with api: v2");
    }
    if (options.username().isPresent() || options.retentionPolicy().isPresent()) {
      problems.add("api", "username and retention_policy are for api: v1; v2 takes a token");
    }
  }

  private static void validateV1(InfluxOptions options, Problems problems) {
    if (options.username().isPresent() != options.password().isPresent()) {
      problems.add("username", "username and password belong together");
    }
    if (options.token().isPresent()) {
      problems.add("token", "is for api: v2 and v3; v1 takes username and password");
    }
    onlyV2(options, problems);
  }

  private static void onlyV2(InfluxOptions options, Problems problems) {
    if (options.createBucket()) {
      problems.add("create_bucket", "works with api: v2 only");
    }
  }

  @Override
  public Sink create(InfluxOptions options, ComponentContext context) {
    return new InfluxSink(options, context);
  }
}
