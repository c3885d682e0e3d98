package io.modelvane.influx;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InfluxSinkFactoryTest {
  private static List<String> problems(Settings settings) {
    List<String> found = new ArrayList<>();
    new InfluxSinkFactory()
        .validate(settings.make(), (path, message) -> found.add(path + ": " + message));
    return found;
  }

  private static Settings at(String url) {
    return Settings.of(URI.create(url));
  }

  private static Settings local() {
    return at("http://localhost:8086");
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakeIsNamed(Settings settings, String problem) {
    assertThat(problems(settings)).singleElement().asString().startsWith(problem);
    assertThat(problems(settings)).allSatisfy(p -> assertThat(p).doesNotContain("s3cret"));
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of(at("ftp://localhost"), "url: must begin with http"),
        Arguments.of(at("localhost"), "url: must begin with http"),
        Arguments.of(at("http:///x"), "url: names no host"),
        Arguments.of(at("http://me:s3cret@localhost"), "url: must not hold a password"),
        Arguments.of(at("http://localhost?db=x"), "url: must not have a query"),
        Arguments.of(local().noOrg(), "org: is required"),
        Arguments.of(local().login("ann"), "api: username"),
        Arguments.of(local().retentionPolicy("week"), "api: username"),
        Arguments.of(local().v1().token("s3cret"), "token: is for api: v2 and v3"),
        Arguments.of(local().v1().login("ann").noPassword(), "username: username and password"),
        Arguments.of(local().v1().createBucket(Duration.ZERO), "create_bucket: works with"),
        Arguments.of(local().v3().createBucket(Duration.ZERO), "create_bucket: works with"),
        Arguments.of(local().ca(Path.of("ca.pem")), "ca: is for https"),
        Arguments.of(local().token(""), "token: is empty"),
        Arguments.of(local().token("s3cret\n"), "token: has a line end"),
        Arguments.of(local().token("s3crét"), "token: has a line end"),
        Arguments.of(local().header("X Y", "s3cret"), "headers: 'X Y'"),
        Arguments.of(local().header("X-Y", "s3cret\r\nZ: 1"), "headers.X-Y: has a character"));
  }

  @Test
  void soundOptionsHaveNoProblems() {
    assertThat(problems(local())).isEmpty();
    assertThat(problems(local().createBucket(Duration.ofDays(1)))).isEmpty();
    assertThat(problems(local().v1().login("ann").retentionPolicy("week"))).isEmpty();
    assertThat(problems(local().v3())).isEmpty();
    assertThat(problems(at("https://influx.example/path").ca(Path.of("ca.pem")))).isEmpty();
  }
}
