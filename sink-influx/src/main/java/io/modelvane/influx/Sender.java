package io.modelvane.influx;

import io.modelvane.spi.Meters;
import io.modelvane.spi.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;

/** Sends rows once and says what the reply means. */
final class Sender {
  private final WriteService service;
  private final WriteTarget plain;
  private final WriteTarget gzipped;
  private final Judge judge;
  private final Buffers buffers;
  private final Meters meters;
  private final Meters.Timer latency;
  private final Meters.Counter bytes;
  private final Map<Integer, Meters.Counter> requests = new ConcurrentHashMap<>();
  private final ShortAnswer answers = new ShortAnswer();
  private volatile boolean closed;

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
    if (closed) {
      return CompletableFuture.completedFuture(new Verdict.Failed(stopped()));
    }
    byte[] buffer = buffers.take(rows.bytesBound());
    int length = rows.write(buffer);
    bytes.add(length);
    WriteTarget target = compress ? gzipped : plain;
    CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    service
        .write(
            target.path(),
            target.query(),
            target.headers(),
            answers,
            new LineBody(buffer, length, compress))
        .enqueue(new Answer(buffer, compress, verdict));
    return verdict;
  }

  /** What a start asks before any row is there: a write of nothing. */
  Reply probe() throws IOException {
    LineBody nothing = new LineBody(new byte[0], 0, false);
    return reply(
        service.write(plain.path(), plain.query(), plain.headers(), answers, nothing).execute());
  }

  void close() {
    closed = true;
  }

  private Outcome stopped() {
    return new Outcome.Retryable("the connection to " + judge.server() + " was closed");
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

  private static Reply reply(Response<ResponseBody> response) throws IOException {
    try (ResponseBody content = response.isSuccessful() ? response.body() : response.errorBody()) {
      return new Reply(
          response.code(),
          content == null ? "" : content.string(),
          extent(response),
          response.headers().get(ShortAnswer.WAIT),
          response.headers().get("Location"));
    }
  }

  private static Reply.Extent extent(Response<ResponseBody> response) {
    String kept = response.headers().get(ShortAnswer.KEPT);
    return kept == null ? Reply.Extent.WHOLE : Reply.Extent.valueOf(kept);
  }

  private Verdict verdict(Reply reply, boolean compressed) {
    if (reply.extent() == Reply.Extent.BROKEN_OFF
        && (reply.status() == 400 || reply.status() == 422)) {
      // The status alone does not say which rows, nor whether it is about rows: ask again.
      return new Verdict.Failed(
          new Outcome.Retryable(judge.server() + " broke off its answer " + reply.status()));
    }
    return judge.judge(reply, compressed);
  }

  /** Takes one answer. Its buffer is free again only when an answer has come: not before. */
  private final class Answer implements Callback<ResponseBody> {
    private final byte[] buffer;
    private final boolean compress;
    private final CompletableFuture<Verdict> verdict;
    private final long start = System.nanoTime();

    @SuppressWarnings("ArrayIsStoredDirectly") // handed back, not copied
    Answer(byte[] buffer, boolean compress, CompletableFuture<Verdict> verdict) {
      this.buffer = buffer;
      this.compress = compress;
      this.verdict = verdict;
    }

    @Override
    public void onResponse(Call<ResponseBody> call, Response<ResponseBody> response) {
      buffers.give(buffer);
      latency.record(Duration.ofNanos(System.nanoTime() - start));
      count(response.code());
      try {
        verdict.complete(verdict(reply(response), compress));
      } catch (IOException | RuntimeException defect) {
        verdict.completeExceptionally(defect);
      }
    }

    @Override
    public void onFailure(Call<ResponseBody> call, Throwable failure) {
      // The buffer is not given back: a request that was cut off may still be reading it.
      count(0);
      if (closed) {
        verdict.complete(new Verdict.Failed(stopped()));
      } else if (failure instanceof IOException io) {
        verdict.complete(new Verdict.Failed(judge.explain(io)));
      } else {
        verdict.completeExceptionally(failure);
      }
    }
  }
}
