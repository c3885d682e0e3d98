package io.modelvane.influx;

import io.modelvane.spi.Meters;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.PointBatch;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes batches so that bad rows cost nothing but themselves: one {@link Hunt} each.
 *
 * <p>A batch that is written again while its hunt goes on joins it. So a hunt that takes longer
 * than its caller waits still comes to its end, instead of beginning anew for ever.
 */
final class GuiltFinder {
  /** After so many answers 500 to the same batch, it is looked for a row that causes them. */
  private static final int PATIENCE = 3;

  private final Sender sender;
  private final Compression compression;
  private final Meters.Counter bisections;
  private final Meters.Counter rejected;
  private final Map<PointBatch, CompletableFuture<Outcome>> underway = new ConcurrentHashMap<>();
  private final Map<PointBatch, Integer> broken = new WeakHashMap<>();

  GuiltFinder(Sender sender, Compression compression, Meters meters) {
    this.sender = sender;
    this.compression = compression;
    this.bisections = meters.counter("bisections", "Batches halved to find bad rows.");
    this.rejected = meters.counter("rejected_rows", "Rows the server will never take.");
  }

  CompletableFuture<Outcome> write(PointBatch batch) {
    CompletableFuture<Outcome> fresh = new CompletableFuture<>();
    CompletableFuture<Outcome> running = underway.putIfAbsent(batch, fresh);
    if (running != null) {
      return running;
    }
    Hunt hunt = new Hunt(sender, compression, bisections, failures(batch) >= PATIENCE);
    var unused =
        hunt.run(Rows.all(batch))
            .whenComplete(
                (outcome, defect) -> {
                  note(batch, hunt.metBrokenServer());
                  underway.remove(batch);
                  if (defect != null) {
                    fresh.completeExceptionally(defect);
                    return;
                  }
                  if (outcome instanceof Outcome.Rejected refused) {
                    rejected.add(refused.rows().size());
                  }
                  fresh.complete(outcome);
                });
    return fresh;
  }

  private synchronized int failures(PointBatch batch) {
    return broken.isEmpty() ? 0 : broken.getOrDefault(batch, 0);
  }

  /** Counts only; nothing of the batch is read once its write is over. */
  private synchronized void note(PointBatch batch, boolean failed) {
    if (failed) {
      broken.merge(batch, 1, Integer::sum);
    } else if (!broken.isEmpty()) {
      broken.remove(batch);
    }
  }
}
