package io.modelvane.influx;

import io.modelvane.spi.Meters;
import io.modelvane.spi.Outcome;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;

/** Sends rows once and says what the reply means. */
final class Sender {
  private static final long MOST_OF_A_BODY = 2L << 20;

  private final WriteService service;
  private final WriteTarget plain;
  private final WriteTarget gzipped;
  private final Judge judge;
  private final Buffers buffers;
  private final Meters meters;
  private final Meters.Timer latency;
  private final Meters.Counter bytes;
  private final Map<Integer, Meters.Counter> requests = new ConcurrentHashMap<>();

  Sender(WriteService service, WriteTarget target, Judge judge, Buffers buffers, Meters meters) {
    this.service = service;
    this.plain = target;
    this.gzipped = target.gzipped();
    this.judge = judge;
    this.buffers = buffers;
    this.meters = meters;
    this.latency = meters.timer("write_seconds", "From sending a write to its answer.", Map.of());
    this.bytes = meters.counter("line_bytes", "Line protocol sent, before compression.");
  }

  CompletableFuture<Verdict> send(Rows rows, boolean compress) {
    byte[] buffer = buffers.take(rows.bytesBound());
    int length = rows.write(buffer);
    bytes.add(length);
    WriteTarget target = compress ? gzipped : plain;
    CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    long start = System.nanoTime();
    service
        .write(
            target.path(), target.query(), target.headers(), new LineBody(buffer, length, compress))
        .enqueue(
            new Callback<>() {
              @Override
              public void onResponse(Call<ResponseBody> call, Response<ResponseBody> response) {
                buffers.give(buffer);
                latency.record(Duration.ofNanos(System.nanoTime() - start));
                count(response.code());
                verdict.complete(judge(response, compress));
              }

              @Override
              public void onFailure(Call<ResponseBody> call, Throwable failure) {
                // The buffer is not given back: the request may still be reading it.
                count(0);
                verdict.complete(new Verdict.Failed(explain(failure)));
              }
            });
    return verdict;
  }

  private void count(int status) {
    requests
        .computeIfAbsent(
            status,
            s ->
                meters.counter(
                    "requests",
                    "Writes sent, by status; 0 without an answer.",
                    Map.of("status", String.valueOf(s))))
        .add(1);
  }

  private Verdict judge(Response<ResponseBody> response, boolean compressed) {
    String body = "";
    try (ResponseBody content = response.isSuccessful() ? response.body() : response.errorBody()) {
      body = content == null || response.isSuccessful() ? "" : read(content);
    } catch (IOException truncated) {
      if (response.code() >= 400 && response.code() < 500 && response.code() != 429) {
        // The status alone does not say which rows: ask again.
        return new Verdict.Failed(
            new Outcome.Retryable(judge.server() + " broke off its answer " + response.code()));
      }
    }
    Reply reply =
        new Reply(
            response.code(),
            body,
            response.headers().get("Retry-After"),
            response.headers().get("Location"));
    return judge.judge(reply, compressed);
  }

  private static String read(@Nullable ResponseBody content) throws IOException {
    if (content == null) {
      return "";
    }
    BufferedSource source = content.source();
    boolean more = source.request(MOST_OF_A_BODY);
    return more ? source.readUtf8(MOST_OF_A_BODY) : source.readUtf8();
  }

  private Outcome explain(Throwable failure) {
    String words =
        failure instanceof InterruptedIOException
            ? "does not answer in time"
            : "cannot be reached: "
                + failure.getClass().getSimpleName()
                + " "
                + failure.getMessage();
    return new Outcome.Retryable(judge.server() + " " + words);
  }
}
