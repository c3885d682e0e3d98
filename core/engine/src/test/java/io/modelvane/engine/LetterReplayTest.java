package io.modelvane.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.engine.config.Configuration;
import io.modelvane.engine.config.ConfigurationLoader;
import io.modelvane.engine.config.Loaded;
import io.modelvane.engine.deadletter.FileDeadLetterFactory;
import io.modelvane.engine.deadletter.FileDeadLetterOptions;
import io.modelvane.engine.deadletter.KeptLetter;
import io.modelvane.engine.deadletter.LetterFile;
import io.modelvane.engine.deadletter.LetterFolder;
import io.modelvane.engine.plugin.PluginCatalogue;
import io.modelvane.engine.state.DataFolder;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.DataSize;
import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.DeadLetterStore;
import io.modelvane.spi.EventBatch;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.RowRejection;
import io.modelvane.spi.Split;
import io.modelvane.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Letters that a running engine has kept, put back after what was wrong is mended. */
class LetterReplayTest {
  private static final Split A = new Split("calls", 3);

  /** A whole second and no request id: what tells calls apart is where they stand. */
  private static final String CALL = "{\"time\":\"2026-01-01T00:00:00\",\"x\":%s}";

  private static final String BROKEN = "{\"time\":\"2026-01-01T00:00:00\",\"x\":";

  @TempDir Path temp;

  private final FakePlugin plugin = new FakePlugin();
  private final List<String> rejected = new ArrayList<>();
  private @Nullable Modelvane running;

  @AfterEach
  void stop() {
    if (running != null) {
      running.stop();
    }
  }

  private Configuration configuration() throws IOException {
    return configuration("decode: algorithmia-insights");
  }

  @SuppressWarnings("NullAway") // it does not see that the lookup may answer null
  private Configuration configuration(String decode) throws IOException {
    Path file = temp.resolve("modelvane.yaml");
    Files.writeString(
        file,
        """
        data: %s
        http: { port: 0 }
        stop_within: 2s
        sources: { in: { type: fake } }
        transforms: { t: { type: fake } }
        sinks:
          first: { type: fake, url: "http://h", token: hunter2hunter2 }
          second: { type: fake, url: "http://h" }
          watch: { type: fake, url: "http://h" }
        pipelines:
          p:
            source: in
            %s
            transforms: t
            sinks: [first, second]
            retry: { initial: 1ms, maximum: 1ms }
          q: { source: in, decode: algorithmia-insights, sinks: [watch] }
        """
            .formatted(temp.resolve("data"), decode));
    Loaded loaded =
        new ConfigurationLoader(PluginCatalogue.of(new EnginePlugin(), plugin), name -> null)
            .load(List.of(file));
    assertThat(loaded.problems()).isEmpty();
    return loaded.configuration().orElseThrow();
  }

  /** Runs, brings events to a pipeline until they are done, and stops. */
  private void bring(String pipeline, EventBatch events) throws Exception {
    plugin.exclusive.add("watch");
    running = Modelvane.start(configuration(), Clock.systemUTC());
    more(pipeline, events);
    running.stop();
  }

  private void more(String pipeline, EventBatch events) {
    Objects.requireNonNull(plugin.events.get(pipeline)).add(events);
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(plugin.acknowledged)
                    .hasEntrySatisfying(
                        pipeline,
                        offsets ->
                            assertThat(offsets)
                                .containsEntry(events.split(), events.nextOffset())));
  }

  private Outcome rejectAll(PointBatch batch, String reason) {
    List<RowRejection> rows = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      rejected.add(batch.line(row));
      rows.add(new RowRejection(row, reason));
    }
    return rows.isEmpty() ? Outcome.DONE : new Outcome.Rejected(rows);
  }

  private ReplayResult replay(Configuration configuration, Predicate<KeptLetter> which)
      throws Exception {
    LetterFolder folder = LetterReplay.folder(configuration).orElseThrow();
    return LetterReplay.run(
        configuration,
        new LetterReplay.Request(folder, which, Duration.ofMillis(300)),
        Clock.systemUTC());
  }

  private ReplayResult replay() throws Exception {
    return replay(configuration(), letter -> true);
  }

  private List<KeptLetter> letters() throws Exception {
    List<KeptLetter> letters = new ArrayList<>();
    for (LetterFile file : new LetterFolder(temp.resolve("data/dead-letters")).files()) {
      file.read(letters::add);
    }
    return letters;
  }

  private List<String> open() throws Exception {
    return letters().stream()
        .filter(letter -> !letter.replayed())
        .map(letter -> letter.letter().stage() + " " + letter.letter().reason())
        .toList();
  }

  private List<String> linesOf(String sink) {
    return plugin.linesOf.getOrDefault(sink, List.of());
  }

  @Test
  void rowsThatASinkRejectedBecomeTheVeryPointsThatTheyWouldHaveBeen() throws Exception {
    plugin.sinkAnswer = batch -> rejectAll(batch, "is too old");
    bring("p", TestEvents.batch(A, 40, CALL.formatted("1"), CALL.formatted("2")));
    assertThat(open()).hasSize(4).containsOnly("sink:first is too old", "sink:second is too old");

    plugin.sinkAnswer = batch -> Outcome.DONE;
    ReplayResult result = replay();

    assertThat(result.broken()).isEmpty();
    assertThat(result.stored()).isEqualTo(4);
    assertThat(result.failed()).isZero();
    assertThat(linesOf("first")).containsExactlyElementsOf(rejected.subList(0, 2));
    assertThat(linesOf("second")).containsExactlyElementsOf(rejected.subList(0, 2));
    assertThat(open()).isEmpty();
  }

  @Test
  void oneOfSeveralLettersOfAnEventAddsNoneWhenItFailsAgain() throws Exception {
    Configuration exploding =
        configuration("decode: { type: json, measurement: calls, time: time, explode: \".\" }");
    plugin.exclusive.add("watch");
    plugin.sinkAnswer = batch -> rejectAll(batch, "is too old");
    running = Modelvane.start(exploding, Clock.systemUTC());
    more("p", TestEvents.batch(A, 40, "[" + CALL.formatted("1") + "," + CALL.formatted("2") + "]"));
    running.stop();
    assertThat(open()).hasSize(4);
    String one = letters().get(0).id();

    replay(exploding, letter -> letter.id().equals(one));
    replay(exploding, letter -> letter.id().equals(one));

    assertThat(open()).hasSize(4);
  }

  /** A full disk leaves one behind. */
  @Test
  void aFileWithoutALetterIsNoObstacle() throws Exception {
    plugin.sinkAnswer = batch -> rejectAll(batch, "is too old");
    bring("p", TestEvents.batch(A, 40, CALL.formatted("1")));
    plugin.sinkAnswer = batch -> Outcome.DONE;
    Files.createFile(temp.resolve("data/dead-letters/0.jsonl"));

    assertThat(replay().stored()).isEqualTo(2);
    assertThat(open()).isEmpty();
  }

  @Test
  void aSecondReplayDoesNothing() throws Exception {
    plugin.sinkAnswer = batch -> rejectAll(batch, "is too old");
    bring("p", TestEvents.batch(A, 40, CALL.formatted("1")));
    plugin.sinkAnswer = batch -> Outcome.DONE;
    replay();
    plugin.lines.clear();

    assertThat(replay())
        .isEqualTo(new ReplayResult(0, 0, 0, List.of(), java.util.Optional.empty()));
    assertThat(plugin.lines).isEmpty();
  }

  @Test
  void aRowThatOneSinkRejectedGoesToThatSinkOnly() throws Exception {
    bring("p", TestEvents.batch(A, 0, BROKEN));
    rewrite("\"stage\":\"decode\"", "\"stage\":\"sink:second\"");
    rewrite(valueOf(BROKEN), valueOf(CALL.formatted("7")));

    assertThat(replay().stored()).isEqualTo(1);
    assertThat(linesOf("second")).hasSize(1);
    assertThat(linesOf("first")).isEmpty();
  }

  private static String valueOf(String text) {
    return java.util.Base64.getEncoder()
        .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private void rewrite(String before, String after) throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve("data/dead-letters"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.writeString(file, Files.readString(file).replace(before, after));
      }
    }
  }

  @Test
  void whatIsDecodedByAMendedDecoderGoesToAllSinksOfItsPipeline() throws Exception {
    String text = "{\"when\":\"2026-01-01T00:00:00\",\"x\":5}";
    plugin.sinkAnswer = batch -> rejectAll(batch, "no");
    bring("p", TestEvents.batch(A, 9, text, BROKEN));
    rewrite("\"stage\":\"sink:first\"", "\"stage\":\"decode\"");

    plugin.sinkAnswer = batch -> Outcome.DONE;
    Configuration mended = configuration("decode: { type: json, measurement: calls, time: when }");
    ReplayResult result = replay(mended, letter -> letter.letter().stage().equals("decode"));

    assertThat(result.stored()).isEqualTo(1);
    assertThat(result.failed()).isEqualTo(1);
    assertThat(linesOf("first")).singleElement().asString().startsWith("calls x=5 17672256");
    assertThat(linesOf("second")).isEqualTo(linesOf("first"));
  }

  @Test
  void whatFailsAsBeforeStaysAndNothingIsWritten() throws Exception {
    bring("p", TestEvents.batch(A, 0, BROKEN, BROKEN, CALL.formatted("1")));
    List<String> before = open();
    assertThat(before).hasSize(2);

    ReplayResult result = replay();

    assertThat(result.failed()).isEqualTo(2);
    assertThat(result.stored()).isZero();
    assertThat(open()).isEqualTo(before);
    assertThat(letters()).hasSize(2);
  }

  @Test
  void whatFailsForAnotherReasonIsKeptWithThatReasonAlone() throws Exception {
    plugin.sinkAnswer = batch -> rejectAll(batch, "is too old");
    bring("p", TestEvents.batch(A, 40, CALL.formatted("1"), CALL.formatted("2")));

    plugin.sinkAnswer = batch -> rejectAll(batch, "has the wrong type, says hunter2hunter2");
    ReplayResult result = replay(configuration(), l -> l.letter().stage().equals("sink:first"));

    assertThat(result.failed()).isEqualTo(2);
    assertThat(result.stored()).isZero();
    assertThat(open())
        .containsExactly(
            "sink:second is too old",
            "sink:second is too old",
            "sink:first has the wrong type, says ****",
            "sink:first has the wrong type, says ****");
    plugin.sinkAnswer = batch -> Outcome.DONE;
    assertThat(replay().stored()).isEqualTo(4);
    assertThat(open()).isEmpty();
  }

  @Test
  void aSinkThatIsAwayEndsTheReplayAndNothingIsNoted() throws Exception {
    bring("p", TestEvents.batch(A, 0, BROKEN));
    rewrite(valueOf(BROKEN), valueOf(CALL.formatted("7")));
    plugin.sinkAnswer = batch -> new Outcome.Retryable("away, hunter2hunter2");

    ReplayResult result = replay();

    assertThat(result.broken()).contains("sink 'first': away, ****");
    assertThat(result.stored()).isZero();
    assertThat(open()).hasSize(1);
    plugin.sinkAnswer = batch -> Outcome.DONE;
    assertThat(replay().stored()).isEqualTo(1);
  }

  @Test
  void aSinkThatDoesNotStartEndsTheReplayWithItsReason() throws Exception {
    bring("p", TestEvents.batch(A, 0, BROKEN));
    plugin.onStart.put(
        "sink first",
        context -> {
          throw new ComponentException(Outcome.Kind.RETRYABLE, "not there");
        });
    assertThat(replay().broken()).contains("sink 'first': waiting to start; not there");
    plugin.onStart.put(
        "sink first",
        context -> {
          throw new ComponentException(Outcome.Kind.MISCONFIGURED, "wrong token");
        });
    assertThatThrownBy(this::replay)
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("wrong token");
  }

  @Test
  void anExclusiveSinkIsLeftOutAndSaid() throws Exception {
    bring("q", TestEvents.batch(A, 0, BROKEN));
    rewrite(valueOf(BROKEN), valueOf(CALL.formatted("7")));
    plugin.journal.clear();

    ReplayResult result = replay();

    assertThat(result.left()).isEqualTo(1);
    assertThat(result.stored()).isZero();
    assertThat(result.remarks())
        .satisfiesExactly(
            remark -> assertThat(remark).contains("sink 'watch' of pipeline 'q' is left out"),
            remark -> assertThat(remark).startsWith("1 letter stays: pipeline 'q' has no sink"));
    assertThat(open()).hasSize(1);
    assertThat(plugin.lines).isEmpty();
    assertThat(plugin.journal).doesNotContain("start sink watch");
  }

  @Test
  void lettersOfAPipelineThatIsNoMoreStay() throws Exception {
    bring("p", TestEvents.batch(A, 0, BROKEN));
    rewrite("\"pipeline\":\"p\"", "\"pipeline\":\"old\"");

    assertThat(replay().remarks())
        .containsExactly("1 letter stays: the configuration has no pipeline 'old'");
  }

  @Test
  void worksBesideARunningProcess() throws Exception {
    plugin.sinkAnswer = batch -> rejectAll(batch, "no");
    running = Modelvane.start(configuration(), Clock.systemUTC());
    more("p", TestEvents.batch(A, 0, CALL.formatted("1")));
    plugin.sinkAnswer = batch -> Outcome.DONE;

    assertThat(replay().stored()).isEqualTo(2);

    plugin.sinkAnswer = batch -> rejectAll(batch, "no");
    more("p", TestEvents.batch(A, 1, CALL.formatted("2")));
    assertThat(open()).as("it goes on writing where we read").hasSize(2);
    plugin.sinkAnswer = batch -> Outcome.DONE;
    assertThat(replay().stored()).isEqualTo(2);
    assertThat(open()).isEmpty();
  }

  @Test
  void aFileOfWhichAllIsPutBackMovesAwayUnlessItIsTheNewest() throws Exception {
    plugin.sinkAnswer = batch -> rejectAll(batch, "no");
    bring("p", TestEvents.batch(A, 0, CALL.formatted("1")));
    bring("p", TestEvents.batch(A, 1, CALL.formatted("1")));
    Path folder = temp.resolve("data/dead-letters");
    List<Path> files = new LetterFolder(folder).files().stream().map(LetterFile::path).toList();
    assertThat(files).hasSize(2);
    plugin.sinkAnswer = batch -> Outcome.DONE;

    assertThat(replay().stored()).isEqualTo(4);

    assertThat(new LetterFolder(folder).files()).containsExactly(new LetterFile(files.get(1)));
    assertThat(folder.resolve("replayed").resolve(files.get(0).getFileName())).exists();
  }

  /** Another is the newest by then, as it is when the replay writes letters of its own. */
  @Test
  void aLetterThatComesWhileItsFileIsPutBackStays() throws Exception {
    plugin.sinkAnswer = batch -> rejectAll(batch, "no");
    bring("p", TestEvents.batch(A, 0, CALL.formatted("1")));
    DeadLetter late = letters().get(0).letter();
    Path folder = temp.resolve("data/dead-letters");
    Files.delete(new LetterFolder(folder).files().get(0).path());
    DeadLetterStore writer = writer(folder);
    writer.write(List.of(late));
    Files.createFile(folder.resolve("dead-letters-9.jsonl"));
    plugin.sinkAnswer =
        batch -> {
          if (batch.size() > 0) {
            writeQuietly(writer, late);
          }
          return Outcome.DONE;
        };

    assertThat(replay().stored()).isEqualTo(1);

    assertThat(open()).hasSize(1);
    writer.stop();
    plugin.sinkAnswer = batch -> Outcome.DONE;
    assertThat(replay().stored()).isEqualTo(1);
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
    bring("p", TestEvents.batch(A, 0, BROKEN));
    rewrite(valueOf(BROKEN), valueOf(CALL.formatted("7")));
    Path file = new LetterFolder(temp.resolve("data/dead-letters")).files().get(0).path();
    Files.writeString(file, "{\"format\":1}\n" + Files.readString(file) + "{\"format\":1,");

    ReplayResult result = replay();

    assertThat(result.stored()).isEqualTo(1);
    assertThat(result.remarks())
        .singleElement()
        .asString()
        .contains(file.getFileName() + ":0 is no dead letter: has no");
  }

  @Test
  void aSecondReplayAtTheSameTimeIsRefused() throws Exception {
    bring("p", TestEvents.batch(A, 0, BROKEN));
    try (DataFolder taken = DataFolder.open(temp.resolve("data/dead-letters/replayed"))) {
      assertThat(taken.path()).exists();
      assertThatThrownBy(this::replay)
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("another replay may be under way");
    }
  }

  @Test
  void manyLettersAreNotHeldAllAtOnce() throws Exception {
    plugin.sinkAnswer = batch -> rejectAll(batch, "no");
    bring("p", TestEvents.repeat(A, 0, 2_500, CALL.formatted("1")));
    List<Integer> sizes = new ArrayList<>();
    plugin.sinkAnswer =
        batch -> {
          sizes.add(batch.size());
          return Outcome.DONE;
        };

    assertThat(replay().stored()).isEqualTo(5_000);
    assertThat(sizes).allMatch(size -> size <= 1_000);
    assertThat(linesOf("first")).containsExactlyInAnyOrderElementsOf(linesOf("second"));
    assertThat(linesOf("first").stream().distinct()).hasSize(2_500);
  }

  @Test
  void lettersOfOneFileAreReadInTheOrderInWhichTheyWereKept() throws Exception {
    bring("p", TestEvents.batch(A, 0, BROKEN, BROKEN));
    assertThat(letters()).extracting(KeptLetter::at).isSorted();
    assertThat(letters())
        .allSatisfy(
            kept -> {
              assertThat(kept.letter().at()).isBefore(Instant.now().plusSeconds(1));
              assertThat(kept.letter().event().value()).asString().isEqualTo(BROKEN);
              assertThat(kept.letter().event().key()).isNull();
              assertThat(kept.id()).matches("\\d{8}T\\d{9}:\\d+");
            });
  }
}
