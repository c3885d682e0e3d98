package io.modelvane.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelvane.demo.QuestDbStore;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.PointBatch;
import io.modelvane.testkit.TestContext;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real store that speaks API v2 and rolls a request back for one bad row. */
class QuestDbTest {
  @TempDir static Path folder;
  private static QuestDbStore store = new QuestDbStore(Path.of("."));
  private static final TestContext CONTEXT = Settings.context();

  @BeforeAll
  static void startStore() {
    store = new QuestDbStore(folder);
    store.start();
    // An integer column: a fraction cannot be cast to it without a loss.
    store.createMeasurement("calls", List.of("model"), "score LONG");
  }

  @AfterAll
  static void stopStore() {
    store.close();
    CONTEXT.close();
  }

  @Test
  void rowsAreStoredOnceAndBadOnesAreFound() throws Exception {
    for (Gzip gzip : List.of(Gzip.OFF, Gzip.ON)) {
      InfluxSink sink =
          new InfluxSink(Settings.of(URI.create(store.url())).gzip(gzip).make(), CONTEXT);
      sink.start();
      PointBatch batch = Batches.of(2_000, i -> i != 40 && i != 1_999);

      Outcome first = Batches.write(sink, batch);
      Outcome second = Batches.write(sink, batch);

      assertThat(Batches.rejectedRows(first)).isEqualTo(Set.of(40, 1_999));
      assertThat(Batches.rejectedRows(second)).isEqualTo(Set.of(40, 1_999));
      assertThat(first.reason()).contains("score");
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(store.count("calls")).isEqualTo(1_998));
      sink.stop();
    }
  }
}
