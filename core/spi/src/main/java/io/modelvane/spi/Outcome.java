package io.modelvane.spi;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What came of one attempt to store a batch or deliver a notification.
 *
 * <p>The component classifies, the engine acts. Reasons are for operators: what, where, what to do;
 * never a secret, never a URL's query.
 */
public sealed interface Outcome {
  /** The kinds of {@link Outcome}, for switches. */
  enum Kind {
    /** Everything is where it belongs. */
    DONE,
    /** Some rows can never be stored; all others are. */
    REJECTED,
    /** Nothing is known to be stored; the same attempt may work later. */
    RETRYABLE,
    /** As retryable, and the other side said when. */
    THROTTLED,
    /**
     * Only the operator can mend it (credentials, missing bucket): hold, keep everything, alarm.
     */
    MISCONFIGURED,
    /** The component itself is broken: it is cut off. */
    FATAL
  }

  /** The one value of {@link Done}. */
  Outcome DONE = new Done();

  /** Which of the kinds this is. */
  Kind kind();

  /** Words for the operator; empty when done, never null. */
  String reason();

  /** All rows are stored, or the notification was accepted. */
  record Done() implements Outcome {
    @Override
    public Kind kind() {
      return Kind.DONE;
    }

    @Override
    public String reason() {
      return "";
    }
  }

  /**
   * The listed rows will never be accepted; every row not listed is stored.
   *
   * <p>A notifier that was refused for good answers with {@link #of(String)}.
   *
   * @param rows each rejected row once, with the reason in the other side's own words
   */
  record Rejected(List<RowRejection> rows) implements Outcome {
    /** Copies the list. */
    public Rejected {
      rows = List.copyOf(Objects.requireNonNull(rows, "a rejection needs its rows"));
      if (rows.isEmpty()) {
        throw new IllegalArgumentException("a rejection names at least one row; else it is done");
      }
    }

    /** A refusal of the only row, or of a whole notification. */
    public static Rejected of(String reason) {
      return new Rejected(List.of(new RowRejection(0, reason)));
    }

    @Override
    public Kind kind() {
      return Kind.REJECTED;
    }

    @Override
    public String reason() {
      return rows.get(0).reason();
    }
  }

  /** The attempt failed in a way that may pass: time-outs, lost connections, 5xx. */
  record Retryable(String reason) implements Outcome {
    /** Refuses null. */
    public Retryable {
      Objects.requireNonNull(reason, "an outcome needs a reason");
    }

    @Override
    public Kind kind() {
      return Kind.RETRYABLE;
    }
  }

  /**
   * The other side asks for a pause.
   *
   * @param after how long to wait before the next attempt; not negative
   */
  record Throttled(Duration after, String reason) implements Outcome {
    /** Rejects a negative pause, and null. */
    public Throttled {
      Objects.requireNonNull(reason, "an outcome needs a reason");
      Objects.requireNonNull(after, "a throttled outcome needs a pause");
      if (after.isNegative()) {
        throw new IllegalArgumentException("a pause cannot be negative: " + after);
      }
    }

    @Override
    public Kind kind() {
      return Kind.THROTTLED;
    }
  }

  /** Credentials, permissions or names are wrong on the other side. Nothing is dropped. */
  record Misconfigured(String reason) implements Outcome {
    /** Refuses null. */
    public Misconfigured {
      Objects.requireNonNull(reason, "an outcome needs a reason");
    }

    @Override
    public Kind kind() {
      return Kind.MISCONFIGURED;
    }
  }

  /** The component cannot go on. */
  record Fatal(String reason) implements Outcome {
    /** Refuses null. */
    public Fatal {
      Objects.requireNonNull(reason, "an outcome needs a reason");
    }

    @Override
    public Kind kind() {
      return Kind.FATAL;
    }
  }
}
