package io.modelvane.influx;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.Outcome;
import io.modelvane.testkit.TestContext;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Path, query and headers of each API. */
class RequestTest {
  private static Received written(java.util.function.UnaryOperator<Settings> change, String path)
      throws Exception {
    try (ScriptedServer server = ScriptedServer.of(r -> Answer.stored());
        TestContext context = Settings.context()) {
      URI url = URI.create(server.url() + path);
      InfluxSink sink = new InfluxSink(change.apply(Settings.of(url)).make(), context);
      sink.start();
      assertThat(Batches.write(sink, Batches.good(2))).isEqualTo(Outcome.DONE);
      sink.stop();
      assertThat(server.received()).hasSize(1);
      return server.received().get(0);
    }
  }

  @Test
  void secondApiNamesOrganisationBucketAndNanoseconds() throws Exception {
    Received request = written(s -> s, "");
    assertThat(request.target()).isEqualTo("/api/v2/write?org=acme&bucket=insights&precision=ns");
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.header("Authorization")).isEqualTo("Token s3cret-token");
    assertThat(request.header("Content-Type")).startsWith("text/plain");
    assertThat(request.header("Content-Length")).isEqualTo("" + request.body().length());
  }

  @Test
  void firstApiNamesDatabaseAndRetentionPolicyAndLogsIn() throws Exception {
    Received request = written(s -> s.v1().login("ann").retentionPolicy("two weeks"), "");
    assertThat(request.target()).isEqualTo("/write?db=insights&rp=two%20weeks&precision=n");
    // ann:s3cret-password
    assertThat(request.header("Authorization")).isEqualTo("Basic YW5uOnMzY3JldC1wYXNzd29yZA==");
  }

  @Test
  void firstApiWorksWithoutALogin() throws Exception {
    Received request = written(Settings::v1, "");
    assertThat(request.target()).isEqualTo("/write?db=insights&precision=n");
    assertThat(request.header("Authorization")).isEmpty();
  }

  @Test
  void thirdApiAsksForPartialWrites() throws Exception {
    Received request = written(Settings::v3, "");
    assertThat(request.target())
        .isEqualTo("/api/v3/write_lp?db=insights&precision=nanosecond&accept_partial=true");
    assertThat(request.header("Authorization")).matches("(Bearer|Token) s3cret-token");
  }

  @Test
  void pathOfTheUrlIsKept() throws Exception {
    assertThat(written(s -> s, "/influx").target()).startsWith("/influx/api/v2/write?");
    assertThat(written(s -> s, "/influx/").target()).startsWith("/influx/api/v2/write?");
    assertThat(written(Settings::v1, "/tsdb").target()).startsWith("/tsdb/write?");
  }

  @Test
  void furtherHeadersAreSent() throws Exception {
    Received request = written(s -> s.header("X-Tenant", "s3cret-header"), "");
    assertThat(request.header("X-Tenant")).isEqualTo("s3cret-header");
  }

  @Test
  void bodiesAreCompressedByItselfOnlyTowardsOtherMachines() throws Exception {
    assertThat(written(s -> s.gzip(Gzip.AUTO), "").isCompressed()).isFalse();
    assertThat(written(s -> s.gzip(Gzip.ON), "").isCompressed()).isTrue();
    assertThat(InfluxConnection.isLocal(URI.create("http://10.1.2.3:8086"))).isFalse();
  }
}
