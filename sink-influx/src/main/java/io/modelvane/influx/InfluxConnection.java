package io.modelvane.influx;

import com.influxdb.LogLevel;
import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.InfluxDBClientOptions;
import com.influxdb.client.domain.WritePrecision;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** The client towards one server. */
final class InfluxConnection implements AutoCloseable {
  private final OkHttpClient http;
  private final InfluxDBClient client;

  private InfluxConnection(OkHttpClient http, InfluxDBClient client) {
    this.http = http;
    this.client = client;
  }

  static InfluxConnection open(InfluxOptions options) throws ComponentException {
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(options.maxInFlight() * 4);
    dispatcher.setMaxRequestsPerHost(options.maxInFlight() * 4);
    OkHttpClient.Builder http =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionPool(new ConnectionPool(options.maxInFlight(), 5, TimeUnit.MINUTES))
            .protocols(List.of(Protocol.HTTP_1_1))
            .followRedirects(false) // would turn a POST into a GET and lose the body
            .followSslRedirects(false)
            .retryOnConnectionFailure(true) // a pooled connection that died while idle
            .connectTimeout(10, TimeUnit.SECONDS)
            .readTimeout(options.timeout().toMillis(), TimeUnit.MILLISECONDS)
            .writeTimeout(options.timeout().toMillis(), TimeUnit.MILLISECONDS)
            .callTimeout(options.timeout().toMillis(), TimeUnit.MILLISECONDS);
    options
        .headers()
        .forEach(
            (name, value) ->
                http.addInterceptor(
                    chain ->
                        chain.proceed(
                            chain.request().newBuilder().header(name, value.reveal()).build())));
    if (options.ca().isPresent()) {
      trust(http, options.ca().get());
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
      InfluxDBClient made = InfluxDBClientFactory.create(client.build());
      return new InfluxConnection(http.build(), made);
    } catch (RuntimeException refused) {
      throw new ComponentException(
          Outcome.Kind.MISCONFIGURED, "the InfluxDB client refuses the options", refused);
    }
  }

  private static String baseUrl(URI url) {
    String text = url.toString();
    return text.endsWith("/") ? text : text + "/";
  }

  private static void trust(OkHttpClient.Builder http, Path ca) throws ComponentException {
    try (InputStream pem = Files.newInputStream(ca)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry("ca-" + count++, certificate);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      X509TrustManager manager = (X509TrustManager) factory.getTrustManagers()[0];
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new X509TrustManager[] {manager}, null);
      http.sslSocketFactory(context.getSocketFactory(), manager);
    } catch (IOException | GeneralSecurityException unusable) {
      throw new ComponentException(
          Outcome.Kind.MISCONFIGURED,
          "the certificates in " + ca + " cannot be used: " + unusable.getMessage(),
          unusable);
    }
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

  @Override
  public void close() {
    client.close();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
