package io.modelvane.alerting.outbox;

import io.modelvane.engine.state.StateDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any sequence of steps, failures and crashes ends with everybody told right. */
class RandomWalkTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void everyIncidentIsToldAndResolvedOnceInOrder(long seed) throws Exception {
    try (StateDatabase database = new StateDatabase(folder.resolve("state.db"));
        RandomWalk walk = new RandomWalk(database.store("sink_alerting"), seed)) {
      walk.run(400);
    }
  }
}
