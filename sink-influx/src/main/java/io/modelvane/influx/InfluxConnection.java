package io.modelvane.influx;

import com.influxdb.LogLevel;
import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.InfluxDBClientOptions;
import com.influxdb.client.domain.WritePrecision;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** The client towards one server. */
final class InfluxConnection implements AutoCloseable {
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

  private final Dispatcher dispatcher;
  private final InfluxDBClient client;

  private InfluxConnection(Dispatcher dispatcher, InfluxDBClient client) {
    this.dispatcher = dispatcher;
    this.client = client;
  }

  /** Makes a client; connects to nothing yet. */
  static InfluxConnection open(InfluxOptions options, ExecutorService threads)
      throws ComponentException {
    Dispatcher dispatcher = new Dispatcher(new LentThreads(threads));
    dispatcher.setMaxRequests(options.maxInFlight());
    dispatcher.setMaxRequestsPerHost(options.maxInFlight());
    OkHttpClient.Builder http = http(options).dispatcher(dispatcher);
    if (options.ca().isPresent()) {
      Trust.apply(options.ca().get(), http);
    }
    InfluxDBClientOptions.Builder client =
        InfluxDBClientOptions.builder()
            .url(baseUrl(options.url()))
            .bucket(options.bucket())
            .precision(WritePrecision.NS)
            .logLevel(LogLevel.NONE)
            .okHttpClient(http);
    options.org().ifPresent(client::org);
    options.token().ifPresent(token -> client.authenticateToken(token.reveal().toCharArray()));
    try {
      return new InfluxConnection(dispatcher, InfluxDBClientFactory.create(client.build()));
    } catch (RuntimeException refused) {
      throw new ComponentException(
          Outcome.Kind.MISCONFIGURED,
          "the InfluxDB client refuses the options; check url and token",
          refused);
    }
  }

  private static OkHttpClient.Builder http(InfluxOptions options) {
    long limit = options.timeout().toMillis();
    OkHttpClient.Builder http =
        new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(options.maxInFlight(), 5, TimeUnit.MINUTES))
            .protocols(List.of(Protocol.HTTP_1_1))
            .followRedirects(false) // would turn a POST into a GET and lose the body
            .followSslRedirects(false)
            .retryOnConnectionFailure(true) // a pooled connection that died while idle
            .connectTimeout(Math.min(limit, 10_000), TimeUnit.MILLISECONDS)
            .readTimeout(limit, TimeUnit.MILLISECONDS)
            .writeTimeout(limit, TimeUnit.MILLISECONDS)
            .callTimeout(limit, TimeUnit.MILLISECONDS)
            .connectionSpecs(connections(options.url()))
            .socketFactory(new EagerSockets())
            .addNetworkInterceptor(ShortAnswer::hideWait)
            .addInterceptor(new ShortAnswer());
    options
        .headers()
        .forEach(
            (name, value) ->
                http.addInterceptor(
                    chain ->
                        chain.proceed(
                            chain.request().newBuilder().header(name, value.reveal()).build())));
    return http;
  }

  /** Without TLS, the certificates of authorities are not read, which would take some megabytes. */
  private static List<ConnectionSpec> connections(URI url) {
    boolean tls = "https".equalsIgnoreCase(url.getScheme());
    return List.of(tls ? ConnectionSpec.MODERN_TLS : ConnectionSpec.CLEARTEXT);
  }

  private static String baseUrl(URI url) {
    String text = url.toString();
    return text.endsWith("/") ? text : text + "/";
  }

  /** Whether the server is on this machine. */
  static boolean isLocal(URI url) {
    try {
      return InetAddress.getByName(url.getHost()).isLoopbackAddress();
    } catch (UnknownHostException elsewhere) {
      return false;
    }
  }

  InfluxDBClient client() {
    return client;
  }

  WriteService writes() {
    return client.getService(WriteService.class);
  }

  /**
   * Cuts off what is under way, waits until its threads are given back, and closes all connections.
   */
  @Override
  public void close() {
    ExecutorService threads = dispatcher.executorService();
    threads.shutdown(); // what still waits its turn shall not get it
    dispatcher.cancelAll();
    try {
      // What is cut off ends at once; bounded all the same, as an answer's taker may be slow.
      threads.awaitTermination(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    client.close();
  }
}
