package io.modelvane.influx;

import io.modelvane.spi.Meters;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.RowRejection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One write of one batch, request after request. Rows that the server names are set aside and the
 * rest is sent again; where it names a conflict of types or the earliest time that it keeps, the
 * rows that can be meant are sent by themselves; where it says nothing, halves are tried. Sending a
 * row twice is harmless, since a row always carries the same time. One request is under way at a
 * time, so no lock is needed.
 */
final class Hunt {
  /** Requests answered 500 in a hunt for a row that breaks the server, before it is called off. */
  private static final int MOST_BROKEN = 48;

  /** Single rows that may break a server which has stored nothing meanwhile: it is the server. */
  private static final int MOST_WITHOUT_SUCCESS = 4;

  /**
   * A server that names one row at a time is asked for the whole rest only so often: with many bad
   * rows halves get there in fewer bytes.
   */
  private static final int FEW = 8;

  private final Sender sender;
  private final Compression compression;
  private final Meters.Counter bisections;
  private final boolean isolating;
  private final Deque<Rows> waiting = new ArrayDeque<>();
  private final List<RowRejection> guilty = new ArrayList<>();
  private final CompletableFuture<Outcome> result = new CompletableFuture<>();
  private final List<String> breaking = new ArrayList<>();
  private String brokenReason = "";
  private int broken;
  private boolean stored;

  /**
   * @param isolating whether to look for rows that make the server answer 500
   */
  Hunt(Sender sender, Compression compression, Meters.Counter bisections, boolean isolating) {
    this.sender = sender;
    this.compression = compression;
    this.bisections = bisections;
    this.isolating = isolating;
  }

  /** Completes when every row is stored or guilty, or with the first failure that says no more. */
  CompletableFuture<Outcome> run(Rows rows) {
    waiting.push(rows);
    next();
    return result;
  }

  /** Whether a request was answered 500. */
  boolean metBrokenServer() {
    return broken > 0;
  }

  private void next() {
    Rows rows = waiting.poll();
    while (rows != null && rows.size() == 0) {
      rows = waiting.poll();
    }
    if (rows == null) {
      result.complete(conclusion());
    } else {
      // A compressed body would ask every broken part twice.
      send(rows, compression.on() && !isolating);
    }
  }

  private Outcome conclusion() {
    if (!breaking.isEmpty() && !stored) {
      return new Outcome.Retryable(brokenReason);
    } else if (!breaking.isEmpty()) {
      return new Outcome.Retryable(
          "%s; only %d row(s) cause this, of series %s: the rest of their batch is stored, they are held"
              .formatted(brokenReason, breaking.size(), breaking.get(0)));
    }
    return guilty.isEmpty() ? Outcome.DONE : new Outcome.Rejected(guilty);
  }

  private void send(Rows rows, boolean gzip) {
    send(rows, gzip, verdict -> act(verdict, rows, gzip));
  }

  private void send(Rows rows, boolean gzip, Consumer<Verdict> then) {
    var unused =
        sender
            .send(rows, gzip)
            .thenAccept(then)
            .whenComplete(
                (done, defect) -> {
                  if (defect != null) {
                    result.completeExceptionally(defect);
                  }
                });
  }

  private void act(Verdict verdict, Rows rows, boolean gzip) {
    if (verdict instanceof Verdict.Failed failed) {
      failed(failed, rows);
      return;
    }
    if (verdict instanceof Verdict.NotInflated) {
      resendPlainly(rows);
      return;
    }
    if (gzip) {
      compression.accepted();
    }
    stored |= verdict instanceof Verdict.Stored;
    if (verdict instanceof Verdict.Named named) {
      setAside(named, rows);
    } else if (verdict instanceof Verdict.TooLarge tooLarge) {
      halve(rows, tooLarge.reason());
    } else if (verdict instanceof Verdict.Suspect suspect) {
      narrow(suspect, rows);
    }
    next();
  }

  private void resendPlainly(Rows rows) {
    send(
        rows,
        false,
        verdict -> {
          if (verdict instanceof Verdict.Stored) {
            compression.refused();
          }
          act(verdict, rows, false);
        });
  }

  /** A server that breaks over one row only must not keep the others from being stored. */
  private void failed(Verdict.Failed failed, Rows rows) {
    if (failed.inside()) {
      broken++;
    }
    if (!failed.inside() || !isolating || broken > MOST_BROKEN) {
      result.complete(failed.outcome());
      return;
    }
    if (rows.size() > 1) {
      split(rows);
    } else {
      brokenReason = failed.outcome().reason();
      breaking.add(rows.batch().series(rows.indexes()[0]).head());
    }
    if (!stored && breaking.size() >= MOST_WITHOUT_SUCCESS) {
      result.complete(failed.outcome());
      return;
    }
    next();
  }

  private void narrow(Verdict.Suspect suspect, Rows rows) {
    if (suspect.dropped() == rows.size()) {
      blame(rows, suspect.reason());
      return;
    }
    boolean[] able = suspect.trait().map(rows::having).orElseGet(() -> new boolean[0]);
    Rows some = able.length == 0 ? rows : rows.only(able);
    if (some.size() == 0 || some.size() == rows.size()) {
      halve(rows, suspect.reason());
      return;
    }
    for (int i = 0; i < able.length; i++) {
      able[i] = !able[i];
    }
    waiting.push(rows.only(able));
    if (isAll(suspect, some)) {
      blame(some, suspect.reason());
    } else {
      waiting.push(some);
    }
  }

  /** As many are too old as the server counted: no other can be meant. */
  private static boolean isAll(Verdict.Suspect suspect, Rows some) {
    return suspect.trait().filter(Verdict.Expired.class::isInstance).isPresent()
        && suspect.dropped() == some.size();
  }

  private void blame(Rows rows, String reason) {
    for (int index : rows.indexes()) {
      guilty.add(new RowRejection(index, reason));
    }
  }

  private void halve(Rows rows, String reason) {
    if (rows.size() == 1) {
      guilty.add(new RowRejection(rows.indexes()[0], reason));
    } else {
      split(rows);
    }
  }

  private void split(Rows rows) {
    bisections.add(1);
    waiting.push(rows.half(false));
    waiting.push(rows.half(true));
  }

  private void setAside(Verdict.Named named, Rows rows) {
    boolean[] innocent = new boolean[rows.size()];
    Arrays.fill(innocent, true);
    int found =
        named.texts().isEmpty() ? byNumber(named, rows, innocent) : byText(named, rows, innocent);
    if (found == 0) {
      halve(rows, named.reasons().get(0));
    } else if (!named.othersStored()) {
      Rows rest = rows.only(innocent);
      if (found == 1 && guilty.size() > FEW && rest.size() > 1) {
        split(rest);
      } else {
        waiting.push(rest);
      }
    }
  }

  private int byNumber(Verdict.Named named, Rows rows, boolean[] innocent) {
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

  private int byText(Verdict.Named named, Rows rows, boolean[] innocent) {
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
