package io.modelvane.engine;

import static io.modelvane.engine.EngineRig.A;
import static io.modelvane.engine.EngineRig.CALL;
import static io.modelvane.engine.EngineRig.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.RowRejection;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the words of components. */
class EngineWordsTest {
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
  void whatAComponentSaysForgesNoLine() throws Exception {
    engine.plugin.onStart.put(
        "sink second",
        c -> {
          throw new ComponentException(
              Outcome.Kind.MISCONFIGURED, "no\n2026 ERROR forged\u001b[2J" + "x".repeat(100_000));
        });
    assertThat(engine.startFails("").reasons())
        .singleElement()
        .asString()
        .contains("no 2026 ERROR forged [2Jxxx")
        .doesNotContain("\n", "\u001b")
        .hasSizeLessThan(1_500);
  }

  @Test
  void aLogLineOfAComponentIsOneLine() throws Exception {
    engine.plugin.onStart.put(
        "sink first",
        c -> c.logger().log(System.Logger.Level.WARNING, "a\n2026 ERROR {0}", "b\u001b[2J"));
    List<String> said = new CopyOnWriteArrayList<>();
    LogTap log = new LogTap("io.modelvane.first", said);
    engine.start();
    log.close();
    assertThat(said).containsExactly("a 2026 ERROR b [2J");
  }

  @Test
  void whateverKeepsDeadLettersGetsTheirReasonsFitToBeShown() throws Exception {
    engine.plugin.sinkAnswer =
        batch -> new Outcome.Rejected(List.of(new RowRejection(0, "no\nhunter2hunter2\u001b[2J")));
    engine.start("dead_letters: { type: fake }\n");
    engine.bring("p", TestEvents.batch(A, 0, CALL.formatted("1")));
    eventually(() -> assertThat(engine.plugin.letters).hasSize(1));
    assertThat(engine.plugin.letters.get(0).reason()).isEqualTo("no **** [2J");
  }

  @Test
  void noSecretReachesHealthOrDeadLetters() throws Exception {
    engine.plugin.sinkAnswer =
        batch -> new Outcome.Rejected(List.of(new RowRejection(0, "no: hunter2hunter2")));
    engine.start();
    engine.bring("p", TestEvents.batch(A, 0, CALL.formatted("1,\"hunter2hunter2\":3")));
    eventually(() -> assertThat(engine.plugin.acknowledged).containsKey("p"));
    assertThat(engine.letters())
        .contains("no: ****")
        .contains("\"line\":")
        .doesNotContain("hunter2");
    engine.plugin.sinkAnswer = batch -> new Outcome.Misconfigured("refused hunter2hunter2");
    engine.bring("p", TestEvents.batch(A, 1, CALL.formatted("1")));
    eventually(
        () ->
            assertThat(engine.running().health().get("pipeline p -> first").reason())
                .endsWith("refused ****"));
    assertThat(engine.get("/ready").body()).doesNotContain("hunter2");
  }
}
