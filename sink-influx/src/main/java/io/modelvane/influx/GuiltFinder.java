package io.modelvane.influx;

import io.modelvane.spi.Meters;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.RowRejection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Writes a batch so that bad rows cost nothing but themselves. Rows that the server names are set
 * aside and the rest is sent again; where it does not name them, halves are tried. Sending a row
 * twice is harmless, since a row always carries the same time.
 */
final class GuiltFinder {
  private final Sender sender;
  private final boolean compress;
  private final Meters.Counter bisections;
  private final Meters.Counter rejected;

  GuiltFinder(Sender sender, boolean compress, Meters meters) {
    this.sender = sender;
    this.compress = compress;
    this.bisections = meters.counter("bisections", "Batches halved to find bad rows.");
    this.rejected = meters.counter("rejected_rows", "Rows the server will never take.");
  }

  CompletableFuture<Outcome> write(PointBatch batch) {
    List<RowRejection> guilty = new ArrayList<>();
    return write(Rows.all(batch), guilty, compress)
        .thenApply(outcome -> outcome.kind() == Outcome.Kind.DONE ? conclude(guilty) : outcome);
  }

  private Outcome conclude(List<RowRejection> guilty) {
    rejected.add(guilty.size());
    return guilty.isEmpty() ? Outcome.DONE : new Outcome.Rejected(guilty);
  }

  /** Completes with done when every row is stored or among the guilty, else with the failure. */
  private CompletableFuture<Outcome> write(Rows rows, List<RowRejection> guilty, boolean gzip) {
    if (rows.size() == 0) {
      return CompletableFuture.completedFuture(Outcome.DONE);
    }
    return sender.send(rows, gzip).thenCompose(verdict -> act(verdict, rows, guilty));
  }

  private CompletableFuture<Outcome> act(Verdict verdict, Rows rows, List<RowRejection> guilty) {
    if (verdict instanceof Verdict.Stored) {
      return CompletableFuture.completedFuture(Outcome.DONE);
    } else if (verdict instanceof Verdict.Failed failed) {
      return CompletableFuture.completedFuture(failed.outcome());
    } else if (verdict instanceof Verdict.NotInflated) {
      return write(rows, guilty, false);
    } else if (verdict instanceof Verdict.Named named) {
      return setAside(named, rows, guilty);
    } else if (verdict instanceof Verdict.TooLarge tooLarge) {
      return halve(rows, guilty, tooLarge.reason());
    }
    return halve(rows, guilty, ((Verdict.Suspect) verdict).reason());
  }

  private CompletableFuture<Outcome> halve(Rows rows, List<RowRejection> guilty, String reason) {
    if (rows.size() == 1) {
      guilty.add(new RowRejection(rows.indexes()[0], reason));
      return CompletableFuture.completedFuture(Outcome.DONE);
    }
    bisections.add(1);
    return write(rows.half(true), guilty, compress)
        .thenCompose(
            first ->
                first.kind() == Outcome.Kind.DONE
                    ? write(rows.half(false), guilty, compress)
                    : CompletableFuture.completedFuture(first));
  }

  private CompletableFuture<Outcome> setAside(
      Verdict.Named named, Rows rows, List<RowRejection> guilty) {
    boolean[] innocent = new boolean[rows.size()];
    java.util.Arrays.fill(innocent, true);
    int found =
        named.texts().isEmpty()
            ? byNumber(named, rows, guilty, innocent)
            : byText(named, rows, guilty, innocent);
    if (found == 0) {
      return halve(rows, guilty, named.reasons().get(0));
    }
    return named.othersStored()
        ? CompletableFuture.completedFuture(Outcome.DONE)
        : write(rows.only(innocent), guilty, compress);
  }

  private static int byNumber(
      Verdict.Named named, Rows rows, List<RowRejection> guilty, boolean[] innocent) {
    int found = 0;
    for (int i = 0; i < named.numbers().size(); i++) {
      int position = named.numbers().get(i) - 1;
      if (position >= 0 && position < rows.size() && innocent[position]) {
        innocent[position] = false;
        guilty.add(new RowRejection(rows.indexes()[position], named.reasons().get(i)));
        found++;
      }
    }
    return found;
  }

  private static int byText(
      Verdict.Named named, Rows rows, List<RowRejection> guilty, boolean[] innocent) {
    Map<String, String> reasons = new HashMap<>();
    for (int i = 0; i < named.texts().size(); i++) {
      reasons.put(named.texts().get(i), named.reasons().get(i));
    }
    int found = 0;
    for (int position = 0; position < rows.size(); position++) {
      String reason = reasons.get(rows.line(position));
      if (reason != null) {
        innocent[position] = false;
        guilty.add(new RowRejection(rows.indexes()[position], reason));
        found++;
      }
    }
    return found;
  }
}
