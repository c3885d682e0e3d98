package io.modelvane.engine;

import static io.modelvane.engine.ReplayRig.A;
import static io.modelvane.engine.ReplayRig.BROKEN;
import static io.modelvane.engine.ReplayRig.CALL;
import static io.modelvane.engine.ReplayRig.base64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.engine.deadletter.FileDeadLetterFactory;
import io.modelvane.engine.deadletter.FileDeadLetterOptions;
import io.modelvane.engine.deadletter.KeptLetter;
import io.modelvane.engine.deadletter.LetterFile;
import io.modelvane.engine.deadletter.LetterFolder;
import io.modelvane.engine.state.DataFolder;
import io.modelvane.spi.DataSize;
import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.DeadLetterStore;
import io.modelvane.spi.Outcome;
import io.modelvane.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the files of letters that are put back. */
class LetterReplayFilesTest {
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

  /** A full disk leaves one behind. */
  @Test
  void aFileWithoutALetterIsNoObstacle() throws Exception {
    rig.plugin.sinkAnswer = batch -> rig.rejectAll(batch, "is too old");
    rig.bring("p", TestEvents.batch(A, 40, CALL.formatted("1")));
    rig.plugin.sinkAnswer = batch -> Outcome.DONE;
    Files.createFile(temp.resolve("data/dead-letters/0.jsonl"));

    assertThat(rig.replay().stored()).isEqualTo(2);
    assertThat(rig.open()).isEmpty();
  }

  @Test
  void whatCannotBeReadIsSaidAsSuch() throws Exception {
    rig.plugin.sinkAnswer = batch -> rig.rejectAll(batch, "is too old");
    rig.bring("p", TestEvents.batch(A, 40, CALL.formatted("1")));
    String file = rig.letters().get(0).file();
    Files.createDirectory(temp.resolve("data/dead-letters").resolve(file + ".replayed"));

    assertThatThrownBy(() -> rig.replay()).isInstanceOf(IOException.class);
  }

  @Test
  void worksBesideARunningProcess() throws Exception {
    rig.plugin.sinkAnswer = batch -> rig.rejectAll(batch, "no");
    rig.run(rig.configuration());
    rig.more("p", TestEvents.batch(A, 0, CALL.formatted("1")));
    rig.plugin.sinkAnswer = batch -> Outcome.DONE;

    assertThat(rig.replay().stored()).isEqualTo(2);

    rig.plugin.sinkAnswer = batch -> rig.rejectAll(batch, "no");
    rig.more("p", TestEvents.batch(A, 1, CALL.formatted("2")));
    assertThat(rig.open()).as("it goes on writing where we read").hasSize(2);
    rig.plugin.sinkAnswer = batch -> Outcome.DONE;
    assertThat(rig.replay().stored()).isEqualTo(2);
    assertThat(rig.open()).isEmpty();
  }

  @Test
  void aFileOfWhichAllIsPutBackMovesAwayUnlessItIsTheNewest() throws Exception {
    rig.plugin.sinkAnswer = batch -> rig.rejectAll(batch, "no");
    rig.bring("p", TestEvents.batch(A, 0, CALL.formatted("1")));
    rig.bring("p", TestEvents.batch(A, 1, CALL.formatted("1")));
    Path folder = temp.resolve("data/dead-letters");
    List<Path> files = new LetterFolder(folder).files().stream().map(LetterFile::path).toList();
    assertThat(files).hasSize(2);
    rig.plugin.sinkAnswer = batch -> Outcome.DONE;

    assertThat(rig.replay().stored()).isEqualTo(4);

    assertThat(new LetterFolder(folder).files()).containsExactly(new LetterFile(files.get(1)));
    assertThat(folder.resolve("replayed").resolve(files.get(0).getFileName())).exists();
  }

  /** Another is the newest by then, as it is when the replay writes letters of its own. */
  @Test
  void aLetterThatComesWhileItsFileIsPutBackStays() throws Exception {
    rig.plugin.sinkAnswer = batch -> rig.rejectAll(batch, "no");
    rig.bring("p", TestEvents.batch(A, 0, CALL.formatted("1")));
    DeadLetter late = rig.letters().get(0).letter();
    Path folder = temp.resolve("data/dead-letters");
    Files.delete(new LetterFolder(folder).files().get(0).path());
    DeadLetterStore writer = writer(folder);
    writer.write(List.of(late));
    Files.createFile(folder.resolve("dead-letters-9.jsonl"));
    rig.plugin.sinkAnswer =
        batch -> {
          if (batch.size() > 0) {
            writeQuietly(writer, late);
          }
          return Outcome.DONE;
        };

    assertThat(rig.replay().stored()).isEqualTo(1);

    assertThat(rig.open()).hasSize(1);
    writer.stop();
    rig.plugin.sinkAnswer = batch -> Outcome.DONE;
    assertThat(rig.replay().stored()).isEqualTo(1);
    assertThat(folder.resolve("replayed")).isDirectoryContaining("glob:**.jsonl");
  }

  private static DeadLetterStore writer(Path folder) throws Exception {
    DeadLetterStore writer =
        new FileDeadLetterFactory()
            .create(
                new FileDeadLetterOptions(
                    Optional.of(folder), DataSize.ofMebibytes(1), DataSize.ofMebibytes(9)),
                TestContext.named("letters").build());
    writer.start();
    return writer;
  }

  private static void writeQuietly(DeadLetterStore writer, DeadLetter letter) {
    try {
      assertThat(writer.write(List.of(letter))).isEqualTo(Outcome.DONE);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aLineThatIsNoLetterIsNamedAndTheOthersArePutBack() throws Exception {
    rig.bring("p", TestEvents.batch(A, 0, BROKEN));
    rig.rewrite(base64(BROKEN), base64(CALL.formatted("7")));
    Path file = new LetterFolder(temp.resolve("data/dead-letters")).files().get(0).path();
    Files.writeString(file, "{\"format\":1}\n" + Files.readString(file) + "{\"format\":1,");

    ReplayResult result = rig.replay();

    assertThat(result.stored()).isEqualTo(1);
    assertThat(result.remarks())
        .singleElement()
        .asString()
        .contains(file.getFileName() + ":0 is no dead letter: has no");
  }

  @Test
  void aSecondReplayAtTheSameTimeIsRefused() throws Exception {
    rig.bring("p", TestEvents.batch(A, 0, BROKEN));
    try (DataFolder taken = DataFolder.open(temp.resolve("data/dead-letters/replayed"))) {
      assertThat(taken.path()).exists();
      assertThatThrownBy(rig::replay)
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("another replay may be under way");
    }
  }

  @Test
  void manyLettersAreNotHeldAllAtOnce() throws Exception {
    rig.plugin.sinkAnswer = batch -> rig.rejectAll(batch, "no");
    rig.bring("p", TestEvents.repeat(A, 0, 2_500, CALL.formatted("1")));
    List<Integer> sizes = new ArrayList<>();
    rig.plugin.sinkAnswer =
        batch -> {
          sizes.add(batch.size());
          return Outcome.DONE;
        };

    assertThat(rig.replay().stored()).isEqualTo(5_000);
    assertThat(sizes).allMatch(size -> size <= 1_000);
    assertThat(rig.linesOf("first")).containsExactlyInAnyOrderElementsOf(rig.linesOf("second"));
    assertThat(rig.linesOf("first").stream().distinct()).hasSize(2_500);
  }

  @Test
  void lettersOfOneFileAreReadInTheOrderInWhichTheyWereKept() throws Exception {
    rig.bring("p", TestEvents.batch(A, 0, BROKEN, BROKEN));
    assertThat(rig.letters()).extracting(KeptLetter::at).isSorted();
    assertThat(rig.letters())
        .allSatisfy(
            kept -> {
              assertThat(kept.letter().at()).isBefore(Instant.now().plusSeconds(1));
              assertThat(kept.letter().event().value()).asString().isEqualTo(BROKEN);
              assertThat(kept.letter().event().key()).isNull();
              assertThat(kept.id()).matches("\\d{8}T\\d{9}:\\d+");
            });
  }
}
