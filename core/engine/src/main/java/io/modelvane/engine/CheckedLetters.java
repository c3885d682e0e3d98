package io.modelvane.engine;

import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.DeadLetterStore;
import io.modelvane.spi.Outcome;
import java.util.List;

/**
 * Dead letters as pipelines get them: whatever keeps them gets reasons that are fit to be kept and
 * shown. Their life is the engine's alone.
 */
final class CheckedLetters implements DeadLetterStore {
  private final DeadLetterStore store;
  private final EngineContext context;

  CheckedLetters(DeadLetterStore store, EngineContext context) {
    this.store = store;
    this.context = context;
  }

  @Override
  public Outcome write(List<DeadLetter> letters) throws InterruptedException {
    return store.write(letters.stream().map(this::fit).toList());
  }

  private DeadLetter fit(DeadLetter letter) {
    return new DeadLetter(
        letter.at(),
        letter.pipeline(),
        letter.stage(),
        context.words(letter.reason()),
        letter.event(),
        letter.line());
  }

  @Override
  public void start() {
    throw new IllegalStateException("the engine starts dead letters");
  }

  @Override
  public void stop() {
    throw new IllegalStateException("the engine stops dead letters");
  }
}
