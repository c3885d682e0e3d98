package io.modelvane.built;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** {@code bin/modelvane} as a process of its own; killed, if need be, when it is closed. */
public final class Launched implements AutoCloseable {
  private static final Pattern HTTP = Pattern.compile("http://([^/ ]+)/ready");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Path out;
  private final Path err;

  private Launched(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts a command; what it prints goes to files in {@code folder}, where it also runs. */
  public static Launched start(Path folder, List<String> arguments) throws IOException {
    return start(folder, arguments, "-XX:TieredStopAtLevel=1");
  }

  /** As above, with options for its JVM. */
  public static Launched start(Path folder, List<String> arguments, String options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Built.home().resolve("bin/modelvane").toString());
    command.addAll(arguments);
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("MODELVANE_OPTS", options);
    return new Launched(builder.start(), out, err);
  }

  public long pid() {
    return process.pid();
  }

  public String out() {
    return read(out);
  }

  public String err() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Sends a signal by its name, {@code TERM} or {@code INT}. */
  public void signal(String name) throws IOException, InterruptedException {
    int sent =
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    assertThat(sent).as("kill -" + name).isZero();
  }

  /** Waits until it ends by itself. */
  public int exitCode(Duration limit) throws InterruptedException {
    boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(ended).as("ends within %s; it said:\n%s%s", limit, out(), err()).isTrue();
    return process.exitValue();
  }

  /** Waits until it says where it listens. */
  public void awaitRunning() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !process.isAlive() || HTTP.matcher(out()).find());
    assertThat(process.isAlive()).as("runs; it said:\n%s%s", out(), err()).isTrue();
  }

  /** The answer of its HTTP server. */
  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    Matcher address = HTTP.matcher(out());
    assertThat(address.find()).isTrue();
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://" + address.group(1) + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** {@code /ready} as JSON, whatever its status. */
  public JsonNode ready() throws IOException, InterruptedException {
    return JSON.readTree(get("/ready").body());
  }

  /** The sum of the samples of a metric whose line holds all of {@code tags}. */
  public double metric(String name, String... tags) throws IOException, InterruptedException {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> List.of(tags).stream().allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
