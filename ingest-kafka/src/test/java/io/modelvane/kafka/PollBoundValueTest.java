package io.modelvane.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values as Kafka's client hands them over. */
class PollBoundValueTest {
  private static byte @Nullable [] value(@Nullable ByteBuffer data) {
    return new PollBound().deserialize("calls", new RecordHeaders(), data);
  }

  @Test
  void arrayOfOneValueAloneIsTakenAsItIs() {
    byte[] unpacked = "{}".getBytes(UTF_8);
    assertThat(value(ByteBuffer.wrap(unpacked))).isSameAs(unpacked);
  }

  static Stream<ByteBuffer> partsOfSomethingLarger() {
    byte[] fetched = ".{}.".getBytes(UTF_8);
    ByteBuffer direct = ByteBuffer.allocateDirect(2).put("{}".getBytes(UTF_8)).flip();
    return Stream.of(
        ByteBuffer.wrap(fetched, 1, 2),
        ByteBuffer.wrap(fetched, 1, 2).slice(),
        ByteBuffer.wrap("{}..".getBytes(UTF_8), 0, 2),
        ByteBuffer.wrap("..{}".getBytes(UTF_8), 2, 2),
        ByteBuffer.wrap("{}".getBytes(UTF_8)).asReadOnlyBuffer(),
        direct);
  }

  @ParameterizedTest
  @MethodSource
  void partsOfSomethingLarger(ByteBuffer data) {
    assertThat(value(data)).asString(UTF_8).isEqualTo("{}");
  }

  @Test
  void noValueIsNone() {
    assertThat(value(null)).isNull();
    assertThat(value(ByteBuffer.allocate(0))).isEmpty();
  }
}
