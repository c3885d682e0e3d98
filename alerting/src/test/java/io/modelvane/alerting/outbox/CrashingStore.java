package io.modelvane.alerting.outbox;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.StateStore;
import java.util.List;
import java.util.function.Supplier;

/** A store whose process may end just before or just after it commits. */
final class CrashingStore implements StateStore {
  /** When the process ends. */
  enum Moment {
    NEVER,
    BEFORE_COMMIT,
    AFTER_COMMIT
  }

  private final StateStore store;
  private final Supplier<Moment> moments;

  CrashingStore(StateStore store, Supplier<Moment> moments) {
    this.store = store;
    this.moments = moments;
  }

  @Override
  public String table(String name) {
    return store.table(name);
  }

  @Override
  public void migrate(List<String> steps) throws ComponentException {
    store.migrate(steps);
  }

  @Override
  public <T> T transact(Work<T> work) throws ComponentException {
    Moment moment = moments.get();
    T result =
        store.transact(
            connection -> {
              T done = work.run(connection);
              if (moment == Moment.BEFORE_COMMIT) {
                throw new Crash();
              }
              return done;
            });
    if (moment == Moment.AFTER_COMMIT) {
      throw new Crash();
    }
    return result;
  }

  @Override
  public <T> T read(Work<T> work) throws ComponentException {
    return store.read(work);
  }
}
