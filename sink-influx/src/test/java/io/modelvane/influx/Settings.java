package io.modelvane.influx;

import io.modelvane.spi.DataSize;
import io.modelvane.spi.Secret;
import io.modelvane.testkit.TestClock;
import io.modelvane.testkit.TestContext;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes options for tests: those of a user with API v2, and what is changed. */
final class Settings {
  static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  /** What must not be seen outside. */
  static final List<String> SECRETS = List.of("s3cret-token", "s3cret-password", "s3cret-header");

  private final URI url;
  private Api api = Api.V2;
  private Optional<String> org = Optional.of("acme");
  private Optional<Secret> token = Optional.of(Secret.of("s3cret-token"));
  private Optional<String> username = Optional.empty();
  private Optional<Secret> password = Optional.empty();
  private Optional<String> retentionPolicy = Optional.empty();
  private boolean createBucket;
  private Duration retention = Duration.ZERO;
  private Gzip gzip = Gzip.OFF;
  private int maxInFlight = 4;
  private Duration timeout = Duration.ofSeconds(20);
  private Optional<Path> ca = Optional.empty();
  private Map<String, Secret> headers = Map.of();

  private Settings(URI url) {
    this.url = url;
  }

  /** A context for a sink with such options. */
  static TestContext context() {
    TestContext.Builder context = TestContext.named("influx").clock(TestClock.at(NOW));
    SECRETS.forEach(context::secret);
    return context.build();
  }

  static Settings of(URI url) {
    return new Settings(url);
  }

  Settings v1() {
    api = Api.V1;
    org = Optional.empty();
    token = Optional.empty();
    return this;
  }

  Settings login(String user) {
    username = Optional.of(user);
    password = Optional.of(Secret.of("s3cret-password"));
    return this;
  }

  Settings noPassword() {
    password = Optional.empty();
    return this;
  }

  Settings retentionPolicy(String policy) {
    retentionPolicy = Optional.of(policy);
    return this;
  }

  Settings v3() {
    api = Api.V3;
    org = Optional.empty();
    return this;
  }

  Settings noOrg() {
    org = Optional.empty();
    return this;
  }

  Settings token(String text) {
    token = Optional.of(Secret.of(text));
    return this;
  }

  Settings createBucket(Duration kept) {
    createBucket = true;
    retention = kept;
    return this;
  }

  Settings gzip(Gzip when) {
    gzip = when;
    return this;
  }

  Settings maxInFlight(int most) {
    maxInFlight = most;
    return this;
  }

  Settings timeout(Duration limit) {
    timeout = limit;
    return this;
  }

  Settings ca(Path file) {
    ca = Optional.of(file);
    return this;
  }

  Settings header(String name, String value) {
    headers = Map.of(name, Secret.of(value));
    return this;
  }

  InfluxOptions make() {
    return new InfluxOptions(
        url,
        api,
        org,
        "insights",
        token,
        username,
        password,
        retentionPolicy,
        createBucket,
        retention,
        gzip,
        maxInFlight,
        5_000,
        DataSize.ofMebibytes(4),
        Duration.ZERO,
        timeout,
        ca,
        headers);
  }
}
