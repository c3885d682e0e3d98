package io.modelvane.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * QuestDB in a process of its own on 127.0.0.1: a real time-series store that takes InfluxDB's line
 * protocol at {@code /api/v2/write} and answers SQL. It stands in for InfluxDB, which is not to be
 * had from a package registry.
 *
 * <p>What differs from InfluxDB 2: organisation, bucket and token are accepted and ignored; one bad
 * line rejects its whole request with 400; {@code /health} and {@code /ready} do not exist; a row
 * is visible some 20 to 250 ms after the answer; and a table that is created by the first write
 * stores a repeated point twice. The table of the measurement {@code algorithmia} is therefore
 * created at the start with the keys of a point, so that a repeated write changes nothing; {@link
 * #createMeasurement} does the same for others.
 *
 * <p>The port stays the same over restarts. The process ends with this JVM, however this JVM ends.
 */
public final class QuestDbStore implements AutoCloseable {
  private static final Duration START_ALLOWANCE = Duration.ofSeconds(90);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> OPTIONS =
      List.of(
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Dlogback.configurationFile=io/modelvane/demo/child-logback.xml");

  private final Path folder;
  private final int port = FreePorts.next();
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private @Nullable ChildProcess process;

  /** A store whose data and log go to a folder. It is not started yet. */
  public QuestDbStore(Path folder) {
    this.folder = folder;
  }

  /**
   * The answer to a query.
   *
   * @param columns their names
   * @param rows numbers, booleans, texts or null, in the order of the columns
   */
  public record QueryResult(List<String> columns, List<List<@Nullable Object>> rows) {
    /** Copies the columns. */
    public QueryResult {
      columns = List.copyOf(columns);
    }

    /** The only value of a result with one row and one column, as a whole number. */
    public long number() {
      Object value = rows.get(0).get(0);
      if (value instanceof Number number) {
        return number.longValue();
      }
      throw new IllegalStateException("not a number: " + value);
    }
  }

  /** Starts it and waits until it answers. */
  public void start() {
    launch();
    awaitReady(START_ALLOWANCE);
  }

  /** Starts it, also again after {@link #stop} or {@link #kill}, without waiting. */
  public void launch() {
    if (isRunning()) {
      throw new IllegalStateException("the store runs already");
    }
    try {
      Files.createDirectories(folder.resolve("data"));
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot create " + folder, failure);
    }
    List<String> arguments =
        List.of(folder.resolve("data").toAbsolutePath().toString(), String.valueOf(port));
    process =
        ChildProcess.start(
            "store",
            new ChildProcess.JavaCommand(OPTIONS, QuestDbMain.class, arguments),
            Map.of(),
            folder.resolve("store.log"));
  }

  /** Waits until it answers, and creates the table of {@code algorithmia}. */
  public void awaitReady(Duration limit) {
    if (!Waiting.until(limit, () -> !isRunning() || answers()) || !isRunning()) {
      throw new IllegalStateException(
          "no store at "
              + url()
              + "; "
              + (process == null ? "it does not run" : process.lastWords()));
    }
    createMeasurement(
        "algorithmia",
        List.of("algorithm_name", "algorithm_owner", "algorithm_version"),
        "duration_milliseconds DOUBLE, risk_score DOUBLE, request_id VARCHAR, session_id VARCHAR");
  }

  /**
   * Creates the table of a measurement, if it is not there, so that a point written again replaces
   * itself.
   *
   * @param tags its tag keys, which together with the time identify a point
   * @param fields their SQL definitions, for example {@code "risk_score DOUBLE"}; others are added
   *     as they come
   */
  public void createMeasurement(String name, List<String> tags, String fields) {
    String keys = String.join(", ", tags);
    query(
        "CREATE TABLE IF NOT EXISTS '"
            + name
            + "' ("
            + keys.replace(",", " SYMBOL,")
            + " SYMBOL, "
            + fields
            + ", timestamp TIMESTAMP_NS) TIMESTAMP(timestamp) PARTITION BY DAY WAL"
            + " DEDUP UPSERT KEYS(timestamp, "
            + keys
            + ")");
  }

  /** Where it listens, {@code http://127.0.0.1:port}: the write API and the query API. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Its page for people, with tables and a query editor. */
  public String consoleUrl() {
    return url() + "/";
  }

  /** Runs an SQL statement. */
  public QueryResult query(String sql) {
    HttpResponse<String> response =
        get("/exec?query=" + URLEncoder.encode(sql, StandardCharsets.UTF_8));
    try {
      JsonNode answer = JSON.readTree(response.body());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(
            "query failed: " + answer.path("error").asText(response.body()) + " in: " + sql);
      }
      return result(answer);
    } catch (IOException failure) {
      throw new UncheckedIOException("no answer to a query", failure);
    }
  }

  /** The number of points of a measurement; 0 if nothing was ever written to it. */
  public long count(String measurement) {
    long tables =
        query("SELECT count() FROM tables() WHERE table_name = '" + measurement + "'").number();
    return tables == 0 ? 0 : query("SELECT count() FROM '" + measurement + "'").number();
  }

  /** Whether it was started and has not ended. */
  public boolean isRunning() {
    return process != null && process.isAlive();
  }

  /** Ends it as {@code kill -9} does. */
  public void kill() {
    if (process != null) {
      process.kill();
      process = null;
    }
  }

  /** Stops it in an orderly way; it can be started again. */
  public void stop() {
    if (process != null) {
      process.stop(STOP_PATIENCE);
      process = null;
    }
  }

  /** Same as {@link #stop}. The data stays where it is. */
  @Override
  public void close() {
    stop();
  }

  private boolean answers() {
    try {
      return get("/exec?query=SELECT%201").statusCode() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  private HttpResponse<String> get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + path)).timeout(Duration.ofSeconds(20)).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException("no answer from the store", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking the store", interrupted);
    }
  }

  private static QueryResult result(JsonNode answer) {
    List<String> columns = new ArrayList<>();
    answer.path("columns").forEach(column -> columns.add(column.path("name").asText()));
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (JsonNode row : answer.path("dataset")) {
      List<@Nullable Object> values = new ArrayList<>();
      row.forEach(value -> values.add(value(value)));
      rows.add(values);
    }
    return new QueryResult(columns, rows);
  }

  private static @Nullable Object value(JsonNode value) {
    if (value.isNull()) {
      return null;
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    return value.isNumber() ? value.numberValue() : value.asText();
  }
}
