package io.modelvane.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A failure that the component can classify. The message is shown to an operator: it says what
 * failed, where, and what to do, and holds no secret.
 */
public final class ComponentException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Outcome.Kind kind;

  /** A failure of {@code kind} with the {@code message} an operator reads. */
  public ComponentException(Outcome.Kind kind, String message) {
    this(kind, message, null);
  }

  /** As above, with the exception behind it, which is logged at debug level only. */
  public ComponentException(Outcome.Kind kind, String message, @Nullable Throwable cause) {
    super(Objects.requireNonNull(message, "message"), cause);
    if (kind == Outcome.Kind.DONE || kind == Outcome.Kind.REJECTED) {
      throw new IllegalArgumentException(kind + " is no failure of a component");
    }
    this.kind = kind;
  }

  /** What the engine shall do: try again, wait for the operator, or give up. */
  public Outcome.Kind kind() {
    return kind;
  }

  /** The same failure as an answer. */
  public Outcome toOutcome() {
    String reason = Objects.requireNonNullElse(getMessage(), kind.name());
    return switch (kind) {
      case RETRYABLE, THROTTLED -> new Outcome.Retryable(reason);
      case MISCONFIGURED -> new Outcome.Misconfigured(reason);
      case DONE, REJECTED, FATAL -> new Outcome.Fatal(reason);
    };
  }
}
