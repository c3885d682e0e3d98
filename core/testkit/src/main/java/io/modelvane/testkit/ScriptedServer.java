package io.modelvane.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * A real HTTP server on the loopback interface that answers as a test says and keeps every request.
 * For what an HTTP server cannot do (reset, cut, refuse), put a {@link FaultProxy} before it.
 */
public final class ScriptedServer implements AutoCloseable {
  static final String THREAD = "scripted server";

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, THREAD);
            thread.setDaemon(true);
            return thread;
          });
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Script script;

  /** What came in. Names of headers are in lower case; {@code body} was read as UTF-8. */
  public record Request(String method, URI target, Map<String, List<String>> headers, String body) {
    /** The only value of a header; empty when it was not sent; an error when it was sent twice. */
    public String header(String name) {
      List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
      if (values.size() > 1) {
        throw new AssertionError(name + " was sent " + values.size() + " times");
      }
      return values.isEmpty() ? "" : values.get(0);
    }
  }

  /**
   * What goes out.
   *
   * @param status the HTTP status; {@link #SILENCE} for no answer at all until the server closes
   * @param pause before each byte of the body
   */
  public record Answer(int status, Map<String, String> headers, String body, Duration pause) {
    /** A status that means: accept the request and never answer. */
    public static final int SILENCE = 0;

    /** An answer with a body. */
    public static Answer of(int status, String body) {
      return new Answer(status, Map.of(), body, Duration.ZERO);
    }

    /** No answer. */
    public static Answer silence() {
      return of(SILENCE, "");
    }

    /** The same answer with a header more. */
    public Answer with(String header, String value) {
      Map<String, String> more = new TreeMap<>(headers);
      more.put(header, value);
      return new Answer(status, more, body, pause);
    }

    /** The same answer, its body sent byte by byte. */
    public Answer dripping(Duration each) {
      return new Answer(status, headers, body, each);
    }
  }

  /** Decides about an answer; called by several threads. */
  @FunctionalInterface
  public interface Script {
    /** The answer to a request. */
    Answer answer(Request request);
  }

  private ScriptedServer(HttpServer server, Script script) {
    this.server = server;
    this.script = script;
  }

  /** Starts a server on a free port. */
  public static ScriptedServer answering(Script script) throws IOException {
    return started(HttpServer.create(anyPort(), 0), script);
  }

  /** Starts one that speaks TLS, with a {@link Certificate}, say. */
  public static ScriptedServer secured(SSLContext tls, Script script) throws IOException {
    HttpsServer https = HttpsServer.create(anyPort(), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(tls));
    return started(https, script);
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static ScriptedServer started(HttpServer http, Script script) {
    ScriptedServer server = new ScriptedServer(http, script);
    http.setExecutor(server.threads);
    http.createContext("/", server::handle);
    http.start();
    return server;
  }

  /** Answers like this from now on. */
  public void script(Script next) {
    script = next;
  }

  /** The URL of a path, which begins with a slash; {@code https} for a secured server. */
  public URI url(String path) {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return URI.create(scheme + "://127.0.0.1:" + port() + path);
  }

  /** The port. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Every request so far, in the order of arrival. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** The latest request. */
  public Request lastRequest() {
    if (requests.isEmpty()) {
      throw new AssertionError("nothing has arrived");
    }
    return requests.get(requests.size() - 1);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, List<String>> headers = new TreeMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
      Request request =
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              headers,
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      requests.add(request);
      send(exchange, script.answer(request));
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(HttpExchange exchange, Answer answer) throws IOException, InterruptedException {
    if (answer.status() == Answer.SILENCE) {
      closed.await();
      return;
    }
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    boolean empty = body.length == 0 || answer.status() == 204;
    exchange.sendResponseHeaders(answer.status(), empty ? -1 : body.length);
    if (empty) {
      return;
    }
    OutputStream out = exchange.getResponseBody();
    if (answer.pause().isZero()) {
      out.write(body);
      return;
    }
    for (byte b : body) {
      if (closed.await(answer.pause().toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      out.write(b);
      out.flush();
    }
  }

  /** Ends every connection and frees the port. */
  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
