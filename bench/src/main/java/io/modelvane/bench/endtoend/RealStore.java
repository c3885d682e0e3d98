package io.modelvane.bench.endtoend;

import io.modelvane.demo.QuestDbStore;
import java.net.URI;
import java.nio.file.Path;

/** QuestDB in a process of its own. */
final class RealStore implements Store {
  private static final String MEASUREMENT = "algorithmia";

  private final QuestDbStore store;

  RealStore(Path folder) {
    store = new QuestDbStore(folder);
    store.start();
  }

  @Override
  public int port() {
    return URI.create(store.url()).getPort();
  }

  @Override
  public long lines() {
    return store.count(MEASUREMENT);
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public void close() {
    store.close();
  }
}
