package io.modelvane.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.EventBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages that are large once they are unpacked. */
@ExtendWith(SharedBroker.class)
@Timeout(120)
class PollBoundTest {
  private static final int MESSAGES = 60;
  private static final int BYTES = 900_000;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void pollIsBoundedByWhatMessagesAreOnceUnpacked(GroupProtocol protocol) throws Exception {
    String topic = SharedBroker.topic(2, Map.of("max.message.bytes", "8000000"));
    for (int partition = 0; partition < 2; partition++) {
      send(topic, partition);
    }
    List<Long> polls = new ArrayList<>();
    List<List<String>> read = List.of(new ArrayList<>(), new ArrayList<>());
    try (Reader reader =
        Reader.of(Wanted.of(topic).protocol(protocol), folder.resolve(protocol.name())).start()) {
      while (read.get(0).size() + read.get(1).size() < 2 * MESSAGES) {
        polls.add(poll(reader, read));
      }
      assertThat(reader.heard()).hasSize(1); // the consumer was never given up
    }

    List<String> all = IntStream.range(0, MESSAGES).mapToObj(String::valueOf).toList();
    assertThat(read).containsExactly(all, all);
    assertThat(polls).allMatch(bytes -> bytes <= PollBound.MOST_BYTES);
    assertThat(polls).anyMatch(bytes -> bytes > PollBound.MOST_BYTES - BYTES);
  }

  /** Adds what was read, and gives its bytes. */
  private static long poll(Reader reader, List<List<String>> read) throws Exception {
    long bytes = 0;
    for (EventBatch batch : reader.source().poll(Duration.ofMillis(100))) {
      for (int i = 0; i < batch.size(); i++) {
        byte[] value = Objects.requireNonNull(batch.value(i));
        bytes += value.length;
        read.get(batch.split().partition()).add(new String(value, 0, 9, UTF_8).strip());
      }
    }
    return bytes;
  }

  private static void send(String topic, int partition) throws Exception {
    Map<String, Object> packed =
        Map.of(
            "compression.type",
            "gzip", // no library to unpack
            "max.request.size",
            8_000_000,
            "batch.size",
            4_000_000,
            "linger.ms",
            50);
    try (var producer = Sent.producer(SharedBroker.servers(), packed)) {
      for (int i = 0; i < MESSAGES; i++) {
        var unused =
            producer.send(
                Sent.record(topic, partition, "%-9d".formatted(i) + " ".repeat(BYTES - 9)));
      }
    }
  }
}
