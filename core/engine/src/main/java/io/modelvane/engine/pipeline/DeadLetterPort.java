package io.modelvane.engine.pipeline;

import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.Outcome;
import java.util.List;

/** Keeps dead letters; as {@link io.modelvane.spi.DeadLetterStore#write}. */
@FunctionalInterface
public interface DeadLetterPort {
  /** Makes one attempt. */
  Outcome write(List<DeadLetter> letters);
}
