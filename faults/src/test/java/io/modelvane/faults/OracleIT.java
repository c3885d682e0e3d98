package io.modelvane.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.modelvane.testkit.ScriptedServer.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The oracle sees what a product that lost, doubled or invented something would do. */
@ExtendWith(SharedGround.class)
@Execution(ExecutionMode.CONCURRENT)
class OracleIT {
  @TempDir Path folder;

  /** Loses one row, stores one under two times, and puts another where a third one stood. */
  private static Answer deceive(List<String> lines, Store.Ledger ledger) {
    List<String> kept = new ArrayList<>();
    for (String line : lines) {
      String head = line.substring(0, line.lastIndexOf(' '));
      if (line.contains("\"id-10\"")) {
        continue;
      }
      kept.add(line.matches(".*\"id-(12|16)\".*") ? head + " 7" : line);
      if (line.contains("\"id-14\"")) {
        kept.add(head + " 8");
      }
    }
    ledger.keep(kept);
    return Answer.of(204, "");
  }

  @Test
  void seesWhatIsLostDoubledOrInvented() throws Exception {
    FaultCase row = FaultCase.named("the oracle itself");
    Ground ground = SharedGround.ground();
    Ground.Lane lane = ground.enter();
    try (Stage stage = new Stage(row, lane, Files.createDirectory(folder.resolve("case")))) {
      stage.store().rule(OracleIT::deceive);
      stage.launch().awaitRunning();
      stage.traffic().burst(200);
      stage.traffic().pause();
      stage.await("all is committed", stage::isRead);
      tellTheTeam(stage);
      tellTheTeam(stage);
      stage.term();

      Throwable found = catchThrowable(() -> new Oracle(stage, row.terms()).check(1));
      assertThat(found)
          .hasMessageContaining("committed before it was safe")
          .hasMessageContaining("past Placed[offset=3, message=Message[id=id-10")
          .hasMessageContaining("ids in the store")
          .hasMessageContaining("points of two ids, or ids of two points")
          .hasMessageContaining("id-14 -> [")
          .hasMessageContaining("what people were told")
          .hasMessageContaining("TEAM opened 5 is not told twice as if it were new");
    } finally {
      ground.leave(lane);
    }
  }

  private static void tellTheTeam(Stage stage) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(stage.people().url(Arrival.Endpoint.TEAM)))
            .POST(HttpRequest.BodyPublishers.ofString("{\"text\": \"CRIT risky: acme x 9.5\"}"))
            .build();
    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
  }
}
