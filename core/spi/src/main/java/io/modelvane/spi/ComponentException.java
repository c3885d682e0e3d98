package io.modelvane.spi;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A failure that the component can classify. The message is shown to an operator: it says what
 * failed, where, and what to do, and holds no secret.
 */
public final class ComponentException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Outcome.Kind kind;
  private final Duration pause;

  /** A failure of {@code kind} with the {@code message} an operator reads. */
  public ComponentException(Outcome.Kind kind, String message) {
    this(kind, message, null);
  }

  /** As above, with the exception behind it, which is logged at debug level only. */
  public ComponentException(Outcome.Kind kind, String message, @Nullable Throwable cause) {
    super(Objects.requireNonNull(message, "message"), cause);
    if (kind == Outcome.Kind.DONE || kind == Outcome.Kind.REJECTED) {
      throw new IllegalArgumentException(kind + " is no failure of a component");
    } else if (kind == Outcome.Kind.THROTTLED) {
      throw new IllegalArgumentException("say how long to wait: use throttled(after, message)");
    }
    this.kind = kind;
    this.pause = Duration.ZERO;
  }

  private ComponentException(Outcome.Throttled throttled) {
    super(throttled.reason());
    this.kind = throttled.kind();
    this.pause = throttled.after();
  }

  /** The other side asks for a pause, as {@link Outcome.Throttled}. */
  public static ComponentException throttled(Duration after, String message) {
    return new ComponentException(new Outcome.Throttled(after, message));
  }

  /**
   * The same failure as an answer says it, with the pause that the other side asks for.
   *
   * @throws IllegalArgumentException when the answer is no failure of a component
   */
  public static ComponentException of(Outcome failure) {
    return failure instanceof Outcome.Throttled throttled
        ? new ComponentException(throttled)
        : new ComponentException(failure.kind(), failure.reason());
  }

  /** What the engine shall do: try again, wait for the operator, or give up. */
  public Outcome.Kind kind() {
    return kind;
  }

  /** The same failure as an answer. */
  public Outcome toOutcome() {
    String reason = Objects.requireNonNullElse(getMessage(), kind.name());
    return switch (kind) {
      case RETRYABLE -> new Outcome.Retryable(reason);
      case THROTTLED -> new Outcome.Throttled(pause, reason);
      case MISCONFIGURED -> new Outcome.Misconfigured(reason);
      case DONE, REJECTED, FATAL -> new Outcome.Fatal(reason);
    };
  }
}
