package io.modelvane.faults;

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
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** {@code bin/modelvane run} as a process of its own. */
final class Product {
  /** Generous: five of them, a broker and a build may share two processors. */
  static final Duration SOON = Duration.ofSeconds(Integer.getInteger("faults.patience", 300));

  /** What saves time at a start and changes nothing else; a JVM may know some of it no more. */
  private static final String QUICK_START =
      "-XX:+IgnoreUnrecognizedVMOptions -XX:TieredStopAtLevel=1"
          + " -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote ";

  private static final Pattern HTTP = Pattern.compile("http://([^/ ]+)/ready");
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Path out;

  private Product(Process process, Path out) {
    this.process = process;
    this.out = out;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /**
   * How it is started.
   *
   * @param javaOptions added to {@code MODELVANE_OPTS}
   * @param limit a command of the shell that comes before, for example {@code ulimit -n 200}
   * @param plugins the folder of plugins; the distribution's own when it does not exist
   */
  record Launch(String javaOptions, String limit, Path plugins) {}

  /** Where the distribution is. */
  static Path home() {
    String home = System.getProperty("modelvane.distribution");
    if (home == null || !Files.isDirectory(Path.of(home))) {
      throw new IllegalStateException("the distribution is not built; run mvn verify");
    }
    return Path.of(home).normalize();
  }

  /** Starts it; what it says goes to a file in the folder. */
  static Product start(Launch launch, Path configuration) {
    List<String> command = new ArrayList<>();
    if (!launch.limit().isEmpty()) {
      command.addAll(List.of("/bin/sh", "-c", launch.limit() + "; exec \"$0\" \"$@\""));
    }
    command.add(home().resolve("bin/modelvane").toString());
    command.addAll(List.of("run", "-c", configuration.toString()));
    if (Files.isDirectory(launch.plugins())) {
      command.addAll(List.of("--plugins", launch.plugins().toString()));
    }
    try {
      Path folder = configuration.toAbsolutePath().resolveSibling("");
      Path out = Files.createTempFile(folder, "said", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .directory(folder.toFile())
              .redirectOutput(out.toFile());
      String temporary = "-Djava.io.tmpdir=" + Files.createDirectories(temporary(folder)) + " ";
      builder.environment().put("MODELVANE_OPTS", QUICK_START + temporary + launch.javaOptions());
      return new Product(builder.start(), out);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot start the product", failure);
    }
  }

  /** Its temporary folder, of which it needs nothing and where it leaves nothing. */
  static Path temporary(Path folder) {
    return folder.resolve("temporary");
  }

  /** All that it has said. */
  String words() {
    try {
      return Files.readString(out);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** Sends a signal by its name. */
  void signal(String name) throws InterruptedException {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Waits until it ends by itself. */
  int exitCode(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("has not ended after " + limit + "; it said:\n" + words());
    }
    return process.exitValue();
  }

  /** Waits until it ends, which has to be with a code and with words. */
  void expect(int code, String words) throws InterruptedException {
    int ended = exitCode(SOON);
    if (ended != code || !words().contains(words)) {
      throw new AssertionError(
          "expected %d and '%s', but it ended with %d:\n%s".formatted(code, words, ended, words()));
    }
  }

  /** Waits until it says where it listens. */
  void awaitRunning() {
    await("it runs", () -> !process.isAlive() || HTTP.matcher(words()).find());
    if (!process.isAlive()) {
      throw new AssertionError("ended with " + process.exitValue() + ":\n" + words());
    }
  }

  /** Waits for something, and says what when it does not come. */
  static void await(String what, BooleanSupplier condition) {
    Awaitility.await(what)
        .dontCatchUncaughtExceptions()
        .atMost(SOON)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .until(condition::getAsBoolean);
  }

  /** The state of a part in {@code /ready} and its reason; empty when it cannot be asked. */
  String part(String name) {
    JsonNode part = ready().path("parts").path(name);
    return part.path("state").asText() + " " + part.path("reason").asText();
  }

  boolean isReady() {
    return ready().path("ready").asBoolean();
  }

  /** The sum of a metric's samples; 0 when it cannot be asked. */
  double metric(String name) {
    return metric(name, "");
  }

  /** The same of those samples with a text in one of their labels. */
  double metric(String name, String label) {
    return body("/metrics")
        .lines()
        .filter(line -> line.contains(label))
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private JsonNode ready() {
    try {
      return JSON.readTree(body("/ready"));
    } catch (IOException none) {
      return JSON.missingNode();
    }
  }

  /** What its HTTP server says; empty when it cannot be asked. */
  String body(String path) {
    Matcher address = HTTP.matcher(words());
    if (!address.find()) {
      return "";
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address.group(1) + path))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException none) {
      return "";
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
