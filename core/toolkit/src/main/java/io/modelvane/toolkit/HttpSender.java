package io.modelvane.toolkit;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dns;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Makes one HTTP attempt and classifies what came of it. Follows no redirect (a POST would become a
 * GET), retries nothing, and never names more of the URL than its host. The caller's thread does it
 * all but for finding the host's address; an interrupt ends a call at once.
 *
 * <p>Nothing was sent when the first byte of the request was not written: the host is unknown, the
 * connection refused or not made in time, or TLS failed.
 */
public final class HttpSender implements AutoCloseable {
  private static final String RETRY_AFTER = "Modelvane-Retry-After";
  private static final long MOST_OF_AN_ANSWER = 65_536;
  private static final int SPARES = 5;
  private static final List<ConnectionSpec> WITH_TLS =
      List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT);

  // Servers close a connection that rests, some after two seconds, and a call that finds it closed
  // may have arrived for all that anybody knows.
  private static final Duration SPARE_FOR = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofMillis(250); // the call's own end comes first

  private final OkHttpClient client;
  private final ComponentContext context;
  private final Duration timeout;
  private volatile boolean oneCallEach; // the receiver closes its connections, and may not say so

  /**
   * A sender of calls with and without TLS.
   *
   * @param timeout of a whole call
   */
  public HttpSender(ComponentContext context, Duration timeout) {
    this(context, timeout, Dns.SYSTEM, WITH_TLS);
  }

  /**
   * A sender for one receiver. Where that does without TLS, the certificates of authorities are not
   * read, which would take some megabytes.
   *
   * @param timeout of a whole call
   * @param receiver every request's URL has the scheme of this one
   */
  public HttpSender(ComponentContext context, Duration timeout, URI receiver) {
    this(
        context,
        timeout,
        Dns.SYSTEM,
        "http".equalsIgnoreCase(receiver.getScheme())
            ? List.of(ConnectionSpec.CLEARTEXT)
            : WITH_TLS);
  }

  HttpSender(ComponentContext context, Duration timeout, Dns names) {
    this(context, timeout, names, WITH_TLS);
  }

  private HttpSender(
      ComponentContext context, Duration timeout, Dns names, List<ConnectionSpec> connections) {
    this.context = context;
    this.timeout = timeout;
    this.client =
        new OkHttpClient.Builder()
            .dns(new InterruptibleDns(names, context.executor(), timeout.plus(GRACE)))
            .connectionSpecs(connections)
            .socketFactory(new InterruptibleSockets())
            .connectionPool(new ConnectionPool(SPARES, SPARE_FOR.toMillis(), TimeUnit.MILLISECONDS))
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .addNetworkInterceptor(HttpSender::hideRetryAfter)
            .eventListenerFactory(HttpSender::wire)
            .callTimeout(timeout)
            .connectTimeout(timeout)
            .readTimeout(timeout)
            .writeTimeout(timeout)
            .build();
  }

  /**
   * One attempt.
   *
   * @throws InterruptedException when the caller was interrupted; the call is given up
   */
  public HttpAnswer send(HttpRequest request) throws InterruptedException {
    Wire wire = new Wire();
    Call call;
    try {
      call = client.newCall(build(request, wire));
    } catch (IllegalArgumentException refused) { // its message may hold the URL or a header
      return HttpAnswer.none(
          new Outcome.Misconfigured(
              request.host() + ": a header or the URL cannot be sent; check both"),
          false);
    }
    HttpVerdict verdict = new HttpVerdict(request.host(), timeout);
    try {
      return answer(call, request, verdict);
    } catch (IOException failure) {
      if (Thread.interrupted()) {
        throw new InterruptedException("a call of " + request.host() + " was given up");
      }
      String words = failure.getClass().getSimpleName() + " " + failure.getMessage();
      return HttpAnswer.none(verdict.of(failure, hide(words, request)), wire.written);
    }
  }

  private HttpAnswer answer(Call call, HttpRequest request, HttpVerdict verdict)
      throws IOException {
    Response response = call.execute();
    try (response) {
      int status = response.code();
      String body = hide(read(response), request);
      Outcome usual = verdict.of(status, body, response.header(RETRY_AFTER), context.clock());
      return new HttpAnswer(usual, OptionalInt.of(status), body, true);
    } finally {
      if (response.protocol() == Protocol.HTTP_1_0) {
        oneCallEach = true;
        client.connectionPool().evictAll();
      }
    }
  }

  private String hide(String text, HttpRequest request) {
    return request.mask(context.redact(text));
  }

  /**
   * Keeps the header from the client, which repeats a 503 that says 0 by itself and breaks on
   * numbers it cannot hold.
   */
  private static Response hideRetryAfter(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    @Nullable String pause = response.header("Retry-After");
    Response.Builder hidden =
        response.newBuilder().removeHeader(RETRY_AFTER).removeHeader("Retry-After");
    return pause == null ? hidden.build() : hidden.header(RETRY_AFTER, pause).build();
  }

  /** Notes whether a request has begun to be written. */
  private static final class Wire extends EventListener {
    private volatile boolean written;

    @Override
    public void requestHeadersStart(Call call) {
      written = true;
    }
  }

  private static EventListener wire(Call call) {
    @Nullable Wire wire = call.request().tag(Wire.class);
    return wire == null ? EventListener.NONE : wire;
  }

  private Request build(HttpRequest request, Wire wire) {
    byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
    Request.Builder builder =
        new Request.Builder()
            .url(request.url().toString())
            .method(request.method(), RequestBody.create(body, null))
            .tag(Wire.class, wire)
            .header("Content-Type", request.contentType())
            .header("User-Agent", "Modelvane");
    if (oneCallEach) {
      builder.header("Connection", "close");
    }
    request.headers().forEach(builder::header);
    return builder.build();
  }

  /** What arrives of the body: the status has said already whether the call was accepted. */
  private static String read(Response response) {
    var source = response.body().source();
    try {
      source.request(MOST_OF_AN_ANSWER);
      return source.readUtf8(Math.min(source.getBuffer().size(), MOST_OF_AN_ANSWER));
    } catch (IOException brokeOff) {
      return source.getBuffer().snapshot().utf8();
    }
  }

  /** Cancels what is under way and closes every connection. */
  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.connectionPool().evictAll();
  }
}
