package io.modelvane.influx;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;

/**
 * Keeps answers to writes small and to ourselves. What comes with a success is not read unless it
 * is a page for people, and of others at most 2 MiB. An error that breaks off in its middle keeps
 * its status, which often says enough. How long to wait is not shown to the HTTP client, which
 * would act on a wait of zero by itself and fails over one of more seconds than an {@code int}
 * holds.
 */
final class ShortAnswer implements Interceptor {
  /** A header that says what was kept of a body: the name of a {@link Reply.Extent}. */
  static final String KEPT = "Modelvane-Kept";

  /** {@code Retry-After} under a name that the client does not know. */
  static final String WAIT = "Modelvane-Wait";

  private static final long MOST = 2L << 20;

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    if (chain.request().tag(ShortAnswer.class) == null) {
      return response;
    }
    Buffer kept = new Buffer();
    Reply.Extent extent = Reply.Extent.WHOLE;
    try (ResponseBody body = response.body()) {
      if (!response.isSuccessful() || isPage(body)) {
        extent = read(body.source(), kept);
      }
    }
    ResponseBody small = ResponseBody.create(kept, response.body().contentType(), kept.size());
    return response.newBuilder().body(small).header(KEPT, extent.name()).build();
  }

  private static boolean isPage(ResponseBody body) {
    MediaType type = body.contentType();
    return type != null && type.subtype().equals("html");
  }

  /** For the network's side of the client: hides {@code Retry-After}. */
  static Response hideWait(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    String wait = response.header("Retry-After");
    return wait == null
        ? response
        : response.newBuilder().removeHeader("Retry-After").header(WAIT, wait).build();
  }

  private static Reply.Extent read(BufferedSource source, Buffer kept) {
    try {
      while (kept.size() < MOST && source.read(kept, MOST - kept.size()) != -1) {}
      return kept.size() < MOST || source.exhausted() ? Reply.Extent.WHOLE : Reply.Extent.BEGINNING;
    } catch (IOException brokenOff) {
      return Reply.Extent.BROKEN_OFF;
    }
  }
}
