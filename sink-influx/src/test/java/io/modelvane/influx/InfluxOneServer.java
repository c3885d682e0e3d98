package io.modelvane.influx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** InfluxDB 1, where {@code influxd} is installed, in a process and a folder of its own. */
final class InfluxOneServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final int port = freePort();
  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable Process process;

  InfluxOneServer(Path folder) {
    this.folder = folder;
  }

  /** Whether there is an influxd of version 1 here. */
  static boolean isInstalled() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(place -> Files.isExecutable(Path.of(place, "influxd")));
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  void start() throws IOException {
    String text =
        """
        reporting-disabled = true
        bind-address = "127.0.0.1:%d"
        [meta]
        dir = "%s/meta"
        [data]
        dir = "%s/data"
        wal-dir = "%s/wal"
        wal-fsync-delay = "0s"
        [monitor]
        store-enabled = false
        [http]
        bind-address = "127.0.0.1:%d"
        """
            .formatted(freePort(), folder, folder, folder, port);
    Path file = Files.writeString(folder.resolve("influxdb.conf"), text);
    process =
        new ProcessBuilder("influxd", "run", "-config", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("influxd.log").toFile())
            .start();
    Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(this::answers);
  }

  private boolean answers() throws Exception {
    return http.send(
                HttpRequest.newBuilder(url().resolve("/ping")).build(), BodyHandlers.ofString())
            .statusCode()
        == 204;
  }

  void kill() {
    Objects.requireNonNull(process).destroyForcibly().onExit().join();
  }

  /** Runs a statement of InfluxQL; gives the first result. */
  JsonNode query(String statement) throws Exception {
    URI uri =
        url()
            .resolve(
                "/query?db=insights&epoch=ns&q="
                    + URLEncoder.encode(statement, StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build();
    JsonNode answer = JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    if (!answer.path("results").path(0).path("error").isMissingNode()) {
      throw new IllegalStateException(answer.toString());
    }
    return answer.path("results").path(0);
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
  }
}
