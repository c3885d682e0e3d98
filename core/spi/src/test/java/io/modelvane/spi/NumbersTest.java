package io.modelvane.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "0.1",
        "123456789012345",
        "1234567890123456789",
        "0.30000000000000004",
        "1e-400",
        "1E5",
        "-2.5e-3",
        "9007199254740993",
        "0.000000000000001",
        "4.35",
        "100.0"
      })
  void readsWhatTheJdkReads(String text) {
    assertThat(parse(text)).isEqualTo(Double.parseDouble(text));
  }

  @Test
  void readsRandomDecimalsExactly() {
    Random random = new Random(7);
    for (int i = 0; i < 200_000; i++) {
      String text =
          i % 2 == 0
              ? Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10))
              : random.nextInt(1_000_000) + "." + random.nextInt(1_000_000);
      assertThat(parse(text)).isEqualTo(Double.parseDouble(text));
    }
  }

  private static double parse(String text) {
    byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.ISO_8859_1);
    return Numbers.parse(bytes, 1, bytes.length - 1);
  }

  private static LongStream longs() {
    LongStream powers = LongStream.iterate(1, power -> power * 10).limit(19);
    return LongStream.concat(
            powers.flatMap(power -> LongStream.of(power - 1, power, power + 1, power * 7 + 3)),
            LongStream.of(1_700_000_000_123_456_789L, 1_000_000_000_000_000_001L, Long.MAX_VALUE))
        .flatMap(value -> LongStream.of(value, -value, ~value));
  }

  @ParameterizedTest
  @MethodSource("longs")
  void writesLongs(long value) {
    byte[] target = new byte[22];
    int end = Numbers.writeLong(value, target, 1);
    assertThat(new String(target, 1, end - 1, StandardCharsets.ISO_8859_1))
        .isEqualTo(Long.toString(value));
  }
}
