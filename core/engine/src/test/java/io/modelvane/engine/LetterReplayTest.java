package io.modelvane.engine;

import static io.modelvane.engine.ReplayRig.A;
import static io.modelvane.engine.ReplayRig.BROKEN;
import static io.modelvane.engine.ReplayRig.CALL;
import static io.modelvane.engine.ReplayRig.base64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.engine.config.Configuration;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Letters that a running engine has kept, put back after what was wrong is mended. */
class LetterReplayTest {
  @TempDir Path temp;

  private ReplayRig rig;

  @BeforeEach
  void make() {
    rig = new ReplayRig(temp);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void rowsThatASinkRejectedBecomeTheVeryPointsThatTheyWouldHaveBeen() throws Exception {
    rig.plugin.sinkAnswer = batch -> rig.rejectAll(batch, "is too old");
    rig.bring("p", TestEvents.batch(A, 40, CALL.formatted("1"), CALL.formatted("2")));
    assertThat(rig.open())
        .hasSize(4)
        .containsOnly("sink:first is too old", "sink:second is too old");

    rig.plugin.sinkAnswer = batch -> Outcome.DONE;
    ReplayResult result = rig.replay();

    assertThat(result.broken()).isEmpty();
    assertThat(result.stored()).isEqualTo(4);
    assertThat(result.failed()).isZero();
    assertThat(rig.linesOf("first")).containsExactlyElementsOf(rig.rejected.subList(0, 2));
    assertThat(rig.linesOf("second")).containsExactlyElementsOf(rig.rejected.subList(0, 2));
    assertThat(rig.open()).isEmpty();
  }

  @Test
  void oneOfSeveralLettersOfAnEventAddsNoneWhenItFailsAgain() throws Exception {
    Configuration exploding =
        rig.configuration("decode: { type: json, measurement: calls, time: time, explode: \".\" }");
    rig.plugin.sinkAnswer = batch -> rig.rejectAll(batch, "is too old");
    rig.run(exploding);
    rig.more(
        "p", TestEvents.batch(A, 40, "[" + CALL.formatted("1") + "," + CALL.formatted("2") + "]"));
    rig.close();
    assertThat(rig.open()).hasSize(4);
    String one = rig.letters().get(0).id();

    rig.replay(exploding, letter -> letter.id().equals(one));
    rig.replay(exploding, letter -> letter.id().equals(one));

    assertThat(rig.open()).hasSize(4);
  }

  @Test
  void aSecondReplayDoesNothing() throws Exception {
    rig.plugin.sinkAnswer = batch -> rig.rejectAll(batch, "is too old");
    rig.bring("p", TestEvents.batch(A, 40, CALL.formatted("1")));
    rig.plugin.sinkAnswer = batch -> Outcome.DONE;
    rig.replay();
    rig.plugin.lines.clear();

    assertThat(rig.replay())
        .isEqualTo(new ReplayResult(0, 0, 0, List.of(), java.util.Optional.empty()));
    assertThat(rig.plugin.lines).isEmpty();
  }

  @Test
  void aRowThatOneSinkRejectedGoesToThatSinkOnly() throws Exception {
    rig.bring("p", TestEvents.batch(A, 0, BROKEN));
    rig.rewrite("\"stage\":\"decode\"", "\"stage\":\"sink:second\"");
    rig.rewrite(base64(BROKEN), base64(CALL.formatted("7")));

    assertThat(rig.replay().stored()).isEqualTo(1);
    assertThat(rig.linesOf("second")).hasSize(1);
    assertThat(rig.linesOf("first")).isEmpty();
  }

  @Test
  void whatIsDecodedByAMendedDecoderGoesToAllSinksOfItsPipeline() throws Exception {
    String text = "{\"when\":\"2026-01-01T00:00:00\",\"x\":5}";
    rig.plugin.sinkAnswer = batch -> rig.rejectAll(batch, "no");
    rig.bring("p", TestEvents.batch(A, 9, text, BROKEN));
    rig.rewrite("\"stage\":\"sink:first\"", "\"stage\":\"decode\"");

    rig.plugin.sinkAnswer = batch -> Outcome.DONE;
    Configuration mended =
        rig.configuration("decode: { type: json, measurement: calls, time: when }");
    ReplayResult result = rig.replay(mended, letter -> letter.letter().stage().equals("decode"));

    assertThat(result.stored()).isEqualTo(1);
    assertThat(result.failed()).isEqualTo(1);
    assertThat(rig.linesOf("first")).singleElement().asString().startsWith("calls x=5 17672256");
    assertThat(rig.linesOf("second")).isEqualTo(rig.linesOf("first"));
  }

  @Test
  void whatFailsAsBeforeStaysAndNothingIsWritten() throws Exception {
    rig.bring("p", TestEvents.batch(A, 0, BROKEN, BROKEN, CALL.formatted("1")));
    List<String> before = rig.open();
    assertThat(before).hasSize(2);

    ReplayResult result = rig.replay();

    assertThat(result.failed()).isEqualTo(2);
    assertThat(result.stored()).isZero();
    assertThat(rig.open()).isEqualTo(before);
    assertThat(rig.letters()).hasSize(2);
  }

  @Test
  void whatFailsForAnotherReasonIsKeptWithThatReasonAlone() throws Exception {
    rig.plugin.sinkAnswer = batch -> rig.rejectAll(batch, "is too old");
    rig.bring("p", TestEvents.batch(A, 40, CALL.formatted("1"), CALL.formatted("2")));

    rig.plugin.sinkAnswer =
        batch -> rig.rejectAll(batch, "has the wrong type, says hunter2hunter2");
    ReplayResult result =
        rig.replay(rig.configuration(), l -> l.letter().stage().equals("sink:first"));

    assertThat(result.failed()).isEqualTo(2);
    assertThat(result.stored()).isZero();
    assertThat(rig.open())
        .containsExactly(
            "sink:second is too old",
            "sink:second is too old",
            "sink:first has the wrong type, says ****",
            "sink:first has the wrong type, says ****");
    rig.plugin.sinkAnswer = batch -> Outcome.DONE;
    assertThat(rig.replay().stored()).isEqualTo(4);
    assertThat(rig.open()).isEmpty();
  }

  @Test
  void aSinkThatIsAwayEndsTheReplayAndNothingIsNoted() throws Exception {
    rig.bring("p", TestEvents.batch(A, 0, BROKEN));
    rig.rewrite(base64(BROKEN), base64(CALL.formatted("7")));
    rig.plugin.sinkAnswer = batch -> new Outcome.Retryable("away, hunter2hunter2");

    ReplayResult result = rig.replay();

    assertThat(result.broken()).contains("sink 'first': away, ****");
    assertThat(result.stored()).isZero();
    assertThat(rig.open()).hasSize(1);
    rig.plugin.sinkAnswer = batch -> Outcome.DONE;
    assertThat(rig.replay().stored()).isEqualTo(1);
  }

  @Test
  void aSinkThatThrowsAnErrorEndsTheReplayAndNothingIsNoted() throws Exception {
    rig.bring("p", TestEvents.batch(A, 0, BROKEN));
    rig.rewrite(base64(BROKEN), base64(CALL.formatted("7")));
    rig.plugin.sinkAnswer =
        batch -> {
          throw new AssertionError("no socket");
        };

    assertThat(rig.replay().broken().orElse(""))
        .contains("sink 'first': it failed: java.lang.AssertionError: no socket");
    assertThat(rig.open()).hasSize(1);
  }

  @Test
  void aSinkThatDoesNotStartEndsTheReplayWithItsReason() throws Exception {
    rig.bring("p", TestEvents.batch(A, 0, BROKEN));
    rig.plugin.onStart.put(
        "sink first",
        context -> {
          throw new ComponentException(Outcome.Kind.RETRYABLE, "not there");
        });
    assertThat(rig.replay().broken()).contains("sink 'first': waiting to start; not there");
    rig.plugin.onStart.put(
        "sink first",
        context -> {
          throw new ComponentException(Outcome.Kind.MISCONFIGURED, "wrong token");
        });
    assertThatThrownBy(rig::replay)
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("wrong token");
  }

  @Test
  void anExclusiveSinkIsLeftOutAndSaid() throws Exception {
    rig.bring("q", TestEvents.batch(A, 0, BROKEN));
    rig.rewrite(base64(BROKEN), base64(CALL.formatted("7")));
    rig.plugin.journal.clear();

    ReplayResult result = rig.replay();

    assertThat(result.left()).isEqualTo(1);
    assertThat(result.stored()).isZero();
    assertThat(result.remarks())
        .satisfiesExactly(
            remark -> assertThat(remark).contains("sink 'watch' of pipeline 'q' is left out"),
            remark -> assertThat(remark).startsWith("1 letter stays: pipeline 'q' has no sink"));
    assertThat(rig.open()).hasSize(1);
    assertThat(rig.plugin.lines).isEmpty();
    assertThat(rig.plugin.journal).doesNotContain("start sink watch");
  }

  @Test
  void lettersOfAPipelineThatIsNoMoreStay() throws Exception {
    rig.bring("p", TestEvents.batch(A, 0, BROKEN));
    rig.rewrite("\"pipeline\":\"p\"", "\"pipeline\":\"old\"");

    assertThat(rig.replay().remarks())
        .containsExactly("1 letter stays: the configuration has no pipeline 'old'");
  }
}
