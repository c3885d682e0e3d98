package io.modelvane.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelvane.spi.Outcome;
import io.modelvane.spi.PointBatch;
import io.modelvane.testkit.TestContext;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** InfluxDB 2 and 3 themselves; skipped where Docker does not run. */
@Testcontainers(disabledWithoutDocker = true)
class InfluxContainersTest {
  private static final int ROWS = 500;
  private static final String ORG = "acme";
  private static final String BUCKET = "insights";
  private static final String TOKEN = "s3cret-token";
  private static final TestContext CONTEXT = Settings.context();

  @Container
  private static final GenericContainer<?> TWO =
      new GenericContainer<>("influxdb:2.7")
          .withEnv("DOCKER_INFLUXDB_INIT_MODE", "setup")
          .withEnv("DOCKER_INFLUXDB_INIT_USERNAME", "tester")
          .withEnv("DOCKER_INFLUXDB_INIT_PASSWORD", "tester-password")
          .withEnv("DOCKER_INFLUXDB_INIT_ORG", ORG)
          .withEnv("DOCKER_INFLUXDB_INIT_BUCKET", BUCKET)
          .withEnv("DOCKER_INFLUXDB_INIT_ADMIN_TOKEN", TOKEN)
          .withExposedPorts(8086)
          .waitingFor(Wait.forHttp("/health").forPort(8086));

  @Container
  private static final GenericContainer<?> THREE =
      new GenericContainer<>("influxdb:3-core")
          .withCommand(
              "influxdb3", "serve", "--node-id=test", "--object-store=memory", "--without-auth")
          .withExposedPorts(8181)
          .waitingFor(Wait.forHttp("/health").forPort(8181));

  private final HttpClient client = HttpClient.newHttpClient();

  @AfterAll
  static void close() {
    CONTEXT.close();
  }

  private static URI uri(GenericContainer<?> server, int port) {
    return URI.create("http://" + server.getHost() + ":" + server.getMappedPort(port));
  }

  private static void writeTwice(InfluxSink sink) throws Exception {
    sink.start();
    PointBatch batch = Batches.of(ROWS, i -> false);
    assertThat(Batches.write(sink, batch)).isEqualTo(Outcome.DONE);
    assertThat(Batches.write(sink, batch)).isEqualTo(Outcome.DONE);
    sink.stop();
  }

  private String ask(HttpRequest request) throws Exception {
    HttpResponse<String> answer =
        client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void influxDb2HoldsEachRowOnce() throws Exception {
    URI server = uri(TWO, 8086);
    writeTwice(new InfluxSink(Settings.of(server).make(), CONTEXT));

    String flux = "from(bucket: \"%s\") |> range(start: 0) |> group() |> count()".formatted(BUCKET);
    HttpRequest query =
        HttpRequest.newBuilder(server.resolve("/api/v2/query?org=" + ORG))
            .header("Authorization", "Token " + TOKEN)
            .header("Content-Type", "application/vnd.flux")
            .POST(HttpRequest.BodyPublishers.ofString(flux))
            .build();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(ask(query)).contains("," + ROWS + "\r\n"));
  }

  @Test
  void influxDb3HoldsEachRowOnce() throws Exception {
    URI server = uri(THREE, 8181);
    writeTwice(new InfluxSink(Settings.of(server).v3().make(), CONTEXT));

    String sql = URLEncoder.encode("SELECT count(*) AS n FROM calls", StandardCharsets.UTF_8);
    HttpRequest query =
        HttpRequest.newBuilder(
                server.resolve("/api/v3/query_sql?format=json&db=" + BUCKET + "&q=" + sql))
            .build();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(ask(query)).contains("\"n\":" + ROWS));
  }
}
