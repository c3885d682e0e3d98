package io.modelvane.engine;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.DeadLetterFactory;
import io.modelvane.spi.DeadLetterStore;
import io.modelvane.spi.Outcome;
import java.util.List;

/** Keeps dead letters as it gets them. */
record FakeLetters(List<DeadLetter> kept) implements DeadLetterFactory<FakePlugin.NoOptions> {
  @Override
  public String type() {
    return "fake";
  }

  @Override
  public String description() {
    return "Keeps letters in memory.";
  }

  @Override
  public Class<FakePlugin.NoOptions> options() {
    return FakePlugin.NoOptions.class;
  }

  @Override
  public DeadLetterStore create(FakePlugin.NoOptions options, ComponentContext context) {
    return letters -> {
      kept.addAll(letters);
      return Outcome.DONE;
    };
  }
}
