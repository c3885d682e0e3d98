package io.modelvane.engine;

import static io.modelvane.engine.EngineRig.A;
import static io.modelvane.engine.EngineRig.CALL;
import static io.modelvane.engine.EngineRig.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.ApiResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole engine at work. */
class ModelvaneTest {
  @TempDir Path temp;

  private EngineRig engine;

  @BeforeEach
  void make() {
    engine = new EngineRig(temp);
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void startsWhoeverIsNamedByAnotherFirstAndStopsInTheOppositeOrder() throws Exception {
    engine.start().stop();
    List<String> starts =
        engine.plugin.journal.stream().filter(j -> j.startsWith("start")).toList();
    assertThat(starts.subList(0, 3))
        .containsExactly("start notifier n", "start sink second", "start sink first");
    assertThat(starts.subList(3, 5))
        .containsExactlyInAnyOrder("start source in of p", "start transform t of p");
    List<String> stops =
        engine.plugin.journal.stream().filter(j -> j.startsWith("stop")).distinct().toList();
    assertThat(stops.subList(2, 5))
        .containsExactly("stop sink first", "stop sink second", "stop notifier n");
  }

  @Test
  void onlyTheSourceOfAnExclusiveSinkIsToReadAlone() throws Exception {
    engine.plugin.exclusive.add("second");
    engine.start("  q: { source: in, decode: algorithmia-insights, sinks: second }\n");
    assertThat(engine.plugin.journal)
        .contains("alone source in of q")
        .doesNotContain("alone source in of p")
        .containsSubsequence("alone source in of q", "start source in of q");
  }

  @Test
  void storesWhatComesAndAcknowledgesIt() throws Exception {
    engine.start();
    engine.bring("p", TestEvents.batch(A, 5, CALL.formatted("1"), "nonsense"));
    eventually(
        () ->
            assertThat(engine.plugin.acknowledged)
                .hasEntrySatisfying("p", offsets -> assertThat(offsets).containsEntry(A, 7L)));
    assertThat(engine.plugin.lines).containsExactly("algorithmia x=1 1767225600123456789");
    assertThat(engine.letters())
        .contains("\"reason\":\"is not valid JSON at byte ")
        .contains("\"offset\":6");
  }

  @Test
  void showsLifeReadinessAndMetricsOverHttp() throws Exception {
    engine.start();
    assertThat(engine.get("/live").statusCode()).isEqualTo(200);
    eventually(() -> assertThat(engine.get("/ready").statusCode()).isEqualTo(200));
    assertThat(engine.get("/ready").body()).contains("\"ready\" : true").contains("\"sink first\"");
    assertThat(engine.get("/metrics").body())
        .contains("modelvane_pipeline_events_total{pipeline=\"p\"}")
        .contains("jvm_memory_used_bytes");
    assertThat(engine.get("/other").statusCode()).isEqualTo(404);
  }

  @Test
  void aComponentServesItsPartOfTheApi() throws Exception {
    engine.plugin.onStart.put(
        "sink first",
        c ->
            c.serve(
                "things",
                request ->
                    ApiResponse.json(200, "{\"at\":\"" + request.path() + " hunter2hunter2\"}")));
    engine.start();
    assertThat(engine.get("/api/v1/things/7").body()).isEqualTo("{\"at\":\"[7] ****\"}");
    assertThat(engine.get("/api/v1/others").statusCode()).isEqualTo(404);
    assertThat(engine.get("/api/v1/others").body()).contains("there are things");
  }
}
