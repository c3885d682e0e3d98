package io.modelvane.spi;

import java.util.List;

/** Where dead letters go. Shared by all pipelines: may be called by several threads at once. */
public interface DeadLetterStore extends Component {
  /**
   * Keeps letters for good. When it answers {@code DONE} they survive a crash; until then the
   * engine acknowledges nothing that depends on them, and tries again. Never answers {@code
   * REJECTED}: a letter too large or strange is kept shortened, and says so.
   */
  Outcome write(List<DeadLetter> letters) throws InterruptedException;
}
