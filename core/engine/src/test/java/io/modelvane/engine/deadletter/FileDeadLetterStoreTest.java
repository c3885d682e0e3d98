package io.modelvane.engine.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.DataSize;
import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.Event;
import io.modelvane.spi.Header;
import io.modelvane.spi.Health;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Position;
import io.modelvane.spi.Split;
import io.modelvane.testkit.TestContext;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDeadLetterStoreTest {
  @TempDir Path temp;

  private DeadLetter letter(byte[] value, String reason) {
    Event event =
        new Event(
            new Position(new Split("calls", 2), 41),
            Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
            new byte[0],
            value,
            List.of(new Header("h", new byte[] {1})));
    return new DeadLetter(
        Instant.parse("2026-01-02T00:00:00Z"), "p", "decode", reason, event, Optional.of("m v=1"));
  }

  private DeadLetter letter(String value) {
    return letter(value.getBytes(StandardCharsets.UTF_8), "is bad");
  }

  private FileDeadLetterStore store(TestContext context, String rotateAt, String limit)
      throws ComponentException {
    FileDeadLetterStore store =
        new FileDeadLetterStore(
            new FileDeadLetterOptions(
                Optional.empty(), DataSize.parse(rotateAt), DataSize.parse(limit)),
            context);
    store.start();
    return store;
  }

  private TestContext context() {
    return TestContext.named("letters").dataFolder(temp).secret("s3cret").build();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve("dead-letters"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void aLetterIsOneLineWithTheOriginalBytes() throws Exception {
    FileDeadLetterStore store = store(context(), "1MiB", "1GiB");
    assertThat(store.write(List.of(letter("{\"a\":\n1}"), letter("second"))))
        .isEqualTo(Outcome.DONE);
    List<String> lines = Files.readAllLines(files().get(0));
    assertThat(lines).hasSize(2);
    JsonNode json = new ObjectMapper().readTree(lines.get(0));
    assertThat(json.path("format").asInt()).isEqualTo(1);
    assertThat(json.path("pipeline").asText()).isEqualTo("p");
    assertThat(json.path("stage").asText()).isEqualTo("decode");
    assertThat(json.path("reason").asText()).isEqualTo("is bad");
    assertThat(json.path("stream").asText()).isEqualTo("calls");
    assertThat(json.path("partition").asInt()).isEqualTo(2);
    assertThat(json.path("offset").asLong()).isEqualTo(41);
    assertThat(json.path("line").asText()).isEqualTo("m v=1");
    assertThat(Base64.getDecoder().decode(json.path("value").asText()))
        .asString()
        .isEqualTo("{\"a\":\n1}");
    assertThat(json.path("text").asText()).isEqualTo("{\"a\":\n1}");
    store.stop();
  }

  @Test
  void bytesThatAreNoTextAreKeptAllTheSame() throws Exception {
    FileDeadLetterStore store = store(context(), "1MiB", "1GiB");
    byte[] noText = {(byte) 0xff, 0, 1};
    store.write(List.of(letter(noText, "token s3cret is bad")));
    String line = Files.readString(files().get(0));
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(json.has("text")).isFalse();
    assertThat(Base64.getDecoder().decode(json.path("value").asText())).isEqualTo(noText);
    assertThat(json.path("reason").asText()).isEqualTo("token **** is bad");
    store.stop();
  }

  @Test
  void aFileThatIsFullIsFollowedByAnother() throws Exception {
    TestContext context = context();
    FileDeadLetterStore store = store(context, "4KiB", "1GiB");
    for (int i = 0; i < 3; i++) {
      store.write(List.of(letter("x".repeat(4096))));
    }
    context.clock().advance(Duration.ofSeconds(1));
    store.write(List.of(letter("x")));
    store.stop();
    assertThat(files()).hasSize(4);
    assertThat(files().get(0).getFileName()).hasToString("dead-letters-20260301T120000000-1.jsonl");
    assertThat(context.recordedMeters().count("written")).isEqualTo(4);
  }

  @Test
  void atTheLimitThePipelinesWaitAndNothingIsDeleted() throws Exception {
    TestContext context = context();
    FileDeadLetterStore store = store(context, "4KiB", "8KiB");
    assertThat(store.write(List.of(letter("x".repeat(1000))))).isEqualTo(Outcome.DONE);
    Outcome refused = store.write(List.of(letter("x".repeat(9000))));
    assertThat(refused.kind()).isEqualTo(Outcome.Kind.RETRYABLE);
    assertThat(refused.reason()).contains("have reached the limit of 8192 bytes; move old files");
    assertThat(context.lastHealth().state()).isEqualTo(Health.State.DOWN);
    assertThat(files()).hasSize(1);
    store.stop();
  }

  @Test
  void filesThatWereMovedAwayMakeRoom() throws Exception {
    TestContext context = context();
    FileDeadLetterStore store = store(context, "4KiB", "8KiB");
    assertThat(store.write(List.of(letter("x".repeat(2000))))).isEqualTo(Outcome.DONE);
    assertThat(store.write(List.of(letter("x".repeat(2000)))).kind())
        .isEqualTo(Outcome.Kind.RETRYABLE);
    for (Path file : files()) {
      Files.delete(file);
    }
    assertThat(store.write(List.of(letter("x".repeat(2000))))).isEqualTo(Outcome.DONE);
    store.stop();
  }

  @Test
  void moreThanTheLimitAtOnceIsKeptWhereNothingElseIs() throws Exception {
    FileDeadLetterStore store = store(context(), "4KiB", "8KiB");
    assertThat(store.write(List.of(letter("x".repeat(20_000))))).isEqualTo(Outcome.DONE);
    assertThat(store.write(List.of(letter("x"))).kind()).isEqualTo(Outcome.Kind.RETRYABLE);
    store.stop();
  }

  @Test
  void manyLettersOfOneLargeEventTakeNoMoreMemoryThanOne() throws Exception {
    FileDeadLetterStore store = store(context(), "1GiB", "1GiB");
    DeadLetter letter = letter(new byte[1 << 20], "no room");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    store.write(List.of(letter));
    long before = threads.getCurrentThreadAllocatedBytes();

    assertThat(store.write(Collections.nCopies(30, letter))).isEqualTo(Outcome.DONE);

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
    store.stop();
    List<KeptLetter> kept = new ArrayList<>();
    new LetterFile(files().get(0)).read(kept::add);
    assertThat(kept)
        .hasSize(31)
        .allSatisfy(
            one ->
                assertThat(Arrays.equals(one.letter().event().value(), letter.event().value()))
                    .isTrue());
  }

  @Test
  void whatDoesNotFitIsCutOffAgain() throws Exception {
    FileDeadLetterStore store = store(context(), "1MiB", "8KiB");
    store.write(List.of(letter("first")));
    long size = Files.size(files().get(0));

    Outcome refused = store.write(Collections.nCopies(100, letter("many")));

    assertThat(refused.reason()).contains("have reached the limit");
    assertThat(files().get(0)).hasSize(size);
    store.stop();
  }

  @Test
  void aFileIsSettledOnceNobodyWritesToItAnyMore() throws Exception {
    FileDeadLetterStore store = store(context(), "1MiB", "1GiB");
    store.write(List.of(letter("first")));
    LetterFile file = new LetterFile(files().get(0));
    assertThat(file.isSettled()).isFalse();

    store.stop();

    assertThat(file.isSettled()).isTrue();
  }

  @Test
  void whatLiesThereFromBeforeCounts() throws Exception {
    Files.createDirectory(temp.resolve("dead-letters"));
    Files.write(temp.resolve("dead-letters/old.jsonl"), new byte[8000]);
    FileDeadLetterStore store = store(context(), "4KiB", "8KiB");
    assertThat(store.write(List.of(letter("x"))).kind()).isEqualTo(Outcome.Kind.RETRYABLE);
  }

  @Test
  void aFolderThatCannotBeMadeIsMisconfigured() throws IOException {
    Files.writeString(temp.resolve("dead-letters"), "a file");
    List<ComponentException> failures = new ArrayList<>();
    try {
      store(context(), "4KiB", "8KiB");
    } catch (ComponentException failure) {
      failures.add(failure);
    }
    assertThat(failures)
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.kind()).isEqualTo(Outcome.Kind.MISCONFIGURED);
              assertThat(failure).hasMessageContaining("dead-letters cannot be used");
            });
  }
}
