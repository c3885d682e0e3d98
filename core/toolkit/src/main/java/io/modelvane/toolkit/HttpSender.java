package io.modelvane.toolkit;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.Dns;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Makes one HTTP attempt and classifies what came of it. Follows no redirect (a POST would become a
 * GET), retries nothing, and never names more of the URL than its host. Blocking work is done by
 * the context's threads, so that an interrupt of the caller ends a call at once.
 *
 * <p>Nothing was sent when the first byte of the request was not written: the host is unknown, the
 * connection refused or not made in time, or TLS failed.
 */
public final class HttpSender implements AutoCloseable {
  private static final String RETRY_AFTER = "Modelvane-Retry-After";
  private static final long MOST_OF_AN_ANSWER = 65_536;

  // For what the client itself cannot end: a name server that does not answer.
  private static final Duration GRACE = Duration.ofMillis(250);

  private final OkHttpClient client;
  private final ComponentContext context;
  private final Duration timeout;

  /**
   * A sender.
   *
   * @param timeout of a whole call
   */
  public HttpSender(ComponentContext context, Duration timeout) {
    this(context, timeout, Dns.SYSTEM);
  }

  HttpSender(ComponentContext context, Duration timeout, Dns names) {
    this.context = context;
    this.timeout = timeout;
    this.client =
        new OkHttpClient.Builder()
            .dns(names)
            .dispatcher(new Dispatcher(context.executor()))
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
    CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
    call.enqueue(new Receiver(request, wire, answer));
    try {
      return answer.get(timeout.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      call.cancel();
      return HttpAnswer.none(new HttpVerdict(request.host(), timeout).late(), wire.written);
    } catch (InterruptedException stopped) {
      call.cancel();
      throw stopped;
    } catch (ExecutionException defect) {
      throw new IllegalStateException("reading the answer failed", defect.getCause());
    }
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

  private static Request build(HttpRequest request, Wire wire) {
    byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
    Request.Builder builder =
        new Request.Builder()
            .url(request.url().toString())
            .method(request.method(), RequestBody.create(body, null))
            .tag(Wire.class, wire)
            .header("Content-Type", request.contentType())
            .header("User-Agent", "Modelvane");
    request.headers().forEach(builder::header);
    return builder.build();
  }

  private final class Receiver implements Callback {
    private final HttpRequest request;
    private final Wire wire;
    private final HttpVerdict verdict;
    private final CompletableFuture<HttpAnswer> answer;

    Receiver(HttpRequest request, Wire wire, CompletableFuture<HttpAnswer> answer) {
      this.request = request;
      this.wire = wire;
      this.verdict = new HttpVerdict(request.host(), timeout);
      this.answer = answer;
    }

    @Override
    public void onFailure(Call call, IOException failure) {
      String words = failure.getClass().getSimpleName() + " " + failure.getMessage();
      answer.complete(HttpAnswer.none(verdict.of(failure, hide(words)), wire.written));
    }

    @Override
    public void onResponse(Call call, Response response) {
      try (response) {
        String body = hide(read(response));
        int status = response.code();
        Outcome usual = verdict.of(status, body, response.header(RETRY_AFTER), context.clock());
        answer.complete(new HttpAnswer(usual, OptionalInt.of(status), body, true));
      } catch (RuntimeException defect) {
        answer.completeExceptionally(defect);
      }
    }

    private String hide(String text) {
      return request.mask(context.redact(text));
    }
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
