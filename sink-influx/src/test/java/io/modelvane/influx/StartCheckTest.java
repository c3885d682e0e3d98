package io.modelvane.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.modelvane.demo.TlsStores;
import io.modelvane.influx.Answer.Manner;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import io.modelvane.testkit.TestContext;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start finds out, and what it says then. */
class StartCheckTest {
  private static final Answer NO_BUCKET =
      Answer.v2(404, "not found", "bucket \"insights\" not found");

  private final TestContext context = Settings.context();

  @AfterEach
  void endThreads() {
    context.close();
  }

  private ComponentException failure(Settings settings) {
    InfluxSink sink = new InfluxSink(settings.make(), context);
    ComponentException failure = catchThrowableOfType(ComponentException.class, sink::start);
    sink.stop();
    assertThat(failure).isNotNull();
    assertThat(failure.getMessage())
        .doesNotContain(Settings.SECRETS)
        .doesNotContain("org=", "bucket=");
    return failure;
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            Answer.v2(401, "unauthorized", "unauthorized access"), true, "check the credentials"),
        Arguments.of(
            Answer.v2(403, "forbidden", "insufficient permissions for write"), true, "'insights'"),
        Arguments.of(NO_BUCKET, true, "create_bucket: true"),
        Arguments.of(
            Answer.v2(404, "not found", "organization name \"acme\" not found"), true, "org"),
        Arguments.of(Answer.of(404, "404 page not found"), true, "url"),
        Arguments.of(Answer.of(302, "").with("Location", "/login"), true, "/login"),
        Arguments.of(Answer.of(400, "<html>400</html>"), true, "url"),
        Arguments.of(
            Answer.of(400, "Client sent an HTTP request to an HTTPS server."), true, "HTTPS"),
        Arguments.of(
            Answer.of(200, "<!doctype html>").with("Content-Type", "text/html"), true, "path"),
        Arguments.of(Answer.of(503, "s3cret-token"), false, "503"),
        Arguments.of(Answer.stored().sent(Manner.RESET), false, "cannot be reached"),
        Arguments.of(Answer.stored().sent(Manner.HANGING), false, "within 1 s"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void startSaysWhatIsWrong(Answer answer, boolean operator, String says) {
    try (ScriptedServer server = ScriptedServer.withProbes(r -> answer)) {
      ComponentException failure =
          failure(Settings.of(server.url()).timeout(Duration.ofSeconds(1)));
      assertThat(failure.kind())
          .isEqualTo(operator ? Outcome.Kind.MISCONFIGURED : Outcome.Kind.RETRYABLE);
      assertThat(failure.getMessage()).contains(says, "127.0.0.1:" + server.port());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void aServerThatAsksForAPauseIsGivenIt(int status) {
    Answer busy = Answer.of(status, "busy").with("Retry-After", "7");
    try (ScriptedServer server = ScriptedServer.withProbes(r -> busy)) {
      assertThat(failure(Settings.of(server.url())).toOutcome())
          .isInstanceOfSatisfying(
              Outcome.Throttled.class,
              throttled -> assertThat(throttled.after()).isEqualTo(Duration.ofSeconds(7)));
    }
  }

  @Test
  void startWritesNothingAndAcceptsAServerThatDislikesIt() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.withProbes(r -> Answer.v2(400, "invalid", "writing requires points"))) {
      InfluxSink sink = new InfluxSink(Settings.of(server.url()).make(), context);
      sink.start();
      sink.stop();
      assertThat(server.received()).singleElement().extracting(Received::body).isEqualTo("");
    }
  }

  @Test
  void missingDatabaseOfVersionOneIsNamed() {
    try (ScriptedServer server =
        ScriptedServer.withProbes(r -> Answer.v1(404, "database not found: \"insights\""))) {
      ComponentException failure = failure(Settings.of(server.url()).v1());
      assertThat(failure.kind()).isEqualTo(Outcome.Kind.MISCONFIGURED);
      assertThat(failure.getMessage())
          .contains("database not found", "create 'insights'")
          .doesNotContain("create_bucket");
    }
  }

  @Test
  void bucketIsMadeWhenAskedFor() throws Exception {
    Function<Received, Answer> script =
        request ->
            request.method().equals("GET")
                ? Answer.of(200, "{\"orgs\":[{\"id\":\"0a\",\"name\":\"acme\"}]}")
                : request.target().startsWith("/api/v2/buckets")
                    ? Answer.of(201, "{\"id\":\"0b\",\"name\":\"insights\",\"retentionRules\":[]}")
                    : NO_BUCKET;
    try (ScriptedServer server = ScriptedServer.withProbes(script)) {
      InfluxSink sink =
          new InfluxSink(
              Settings.of(server.url()).createBucket(Duration.ofDays(30)).make(), context);
      sink.start();
      sink.stop();
      Received creation = server.received().get(2);
      assertThat(creation.target()).isEqualTo("/api/v2/buckets");
      assertThat(creation.body())
          .contains("\"orgID\":\"0a\"", "\"name\":\"insights\"", "\"everySeconds\":2592000");
      assertThat(context.log()).containsExactly("INFO made the bucket 'insights'");
    }
  }

  @ParameterizedTest
  @MethodSource("failedCreations")
  void creationThatFailsIsExplained(Answer orgs, Answer creation, boolean operator, String says) {
    Function<Received, Answer> script =
        request ->
            request.method().equals("GET")
                ? orgs
                : request.target().startsWith("/api/v2/buckets") ? creation : NO_BUCKET;
    try (ScriptedServer server = ScriptedServer.withProbes(script)) {
      ComponentException failure = failure(Settings.of(server.url()).createBucket(Duration.ZERO));
      assertThat(failure.kind())
          .isEqualTo(operator ? Outcome.Kind.MISCONFIGURED : Outcome.Kind.RETRYABLE);
      assertThat(failure.getMessage()).contains(says);
    }
  }

  static Stream<Arguments> failedCreations() {
    Answer acme = Answer.of(200, "{\"orgs\":[{\"id\":\"0a\",\"name\":\"acme\"}]}");
    Answer none = Answer.of(200, "{\"orgs\":[]}");
    return Stream.of(
        Arguments.of(none, Answer.stored(), true, "no organisation 'acme'"),
        Arguments.of(
            acme,
            Answer.v2(403, "forbidden", "insufficient permissions"),
            true,
            "making it failed"),
        Arguments.of(
            acme,
            Answer.v2(422, "conflict", "bucket with name insights already exists"),
            false,
            "already exists"),
        Arguments.of(acme, Answer.v2(500, "internal error", "s3cret-token"), false, "500"));
  }

  @Test
  void startWorksOnceTheBucketIsThere() throws Exception {
    java.util.concurrent.atomic.AtomicInteger asked =
        new java.util.concurrent.atomic.AtomicInteger();
    try (ScriptedServer server =
        ScriptedServer.withProbes(
            r -> asked.getAndIncrement() == 0 ? NO_BUCKET : Answer.stored())) {
      InfluxSink sink = new InfluxSink(Settings.of(server.url()).make(), context);
      assertThat(catchThrowableOfType(ComponentException.class, sink::start)).isNotNull();
      sink.start();
      assertThat(Batches.write(sink, Batches.good(1))).isEqualTo(Outcome.DONE);
      sink.stop();
    }
  }

  @Test
  void refusedConnectionAndUnknownHostMayPass() throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0)) {
      port = gone.getLocalPort();
    }
    ComponentException refused = failure(Settings.of(URI.create("http://127.0.0.1:" + port)));
    assertThat(refused.kind()).isEqualTo(Outcome.Kind.RETRYABLE);
    assertThat(refused.getMessage()).contains("is it running", "127.0.0.1:" + port);

    ComponentException unknown = failure(Settings.of(URI.create("http://no-such-host.invalid")));
    assertThat(unknown.kind()).isEqualTo(Outcome.Kind.RETRYABLE);
    assertThat(unknown.getMessage()).contains("no-such-host.invalid:80 cannot be found", "DNS");
  }

  @Test
  void certificatesAreCheckedAgainstTheGivenAuthority(@TempDir Path folder) throws Exception {
    TlsStores stores = TlsStores.create(folder);
    Path ca = Files.writeString(folder.resolve("ca.pem"), stores.authorityPem());
    Path stranger = Files.writeString(folder.resolve("other.pem"), stores.strangersAuthorityPem());
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    try (ScriptedServer server = ScriptedServer.secured(tls(stores), r -> Answer.stored())) {
      URI url = URI.create("https://127.0.0.1:" + server.port());
      InfluxSink sink = new InfluxSink(Settings.of(url).ca(ca).make(), context);
      sink.start();
      assertThat(Batches.write(sink, Batches.good(2))).isEqualTo(Outcome.DONE);
      sink.stop();

      for (Settings distrust : List.of(Settings.of(url), Settings.of(url).ca(stranger))) {
        assertThat(failure(distrust).getMessage()).contains("check ca");
      }
      assertThat(failure(Settings.of(url).ca(empty)).getMessage()).contains("there is none in it");
      assertThat(failure(Settings.of(url).ca(folder.resolve("none.pem"))).getMessage())
          .contains("not readable");
    }
    try (ScriptedServer plain = ScriptedServer.of(r -> Answer.stored())) {
      URI url = URI.create("https://127.0.0.1:" + plain.port());
      assertThat(failure(Settings.of(url)).getMessage()).contains("speaks no TLS");
    }
  }

  private static ServerSocketFactory tls(TlsStores stores) throws Exception {
    char[] password = stores.password().toCharArray();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(stores.serverKeyStore())) {
      keys.load(file, password);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context.getServerSocketFactory();
  }
}
