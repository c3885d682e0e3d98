package io.modelvane.engine.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EightBytesTest {
  @Test
  void finds_the_first_marked_byte_of_a_word() {
    for (int first = 0; first < Long.BYTES; first++) {
      long mark = 0x80L << (Byte.SIZE * first);
      assertThat(EightBytes.firstMarked(mark)).isEqualTo(first);
      assertThat(EightBytes.firstMarked(mark | Long.MIN_VALUE)).isEqualTo(first);
    }
  }

  @Test
  void compares_every_byte_of_a_range_and_none_beside_it() {
    for (int length = 0; length < 30; length++) {
      byte[] one = new byte[length + 3];
      byte[] other = new byte[length + 5];
      one[0] = 1;
      one[length + 1] = 1;
      assertThat(EightBytes.same(one, 1, other, 3, length)).isTrue();
      for (int at = 0; at < length; at++) {
        other[3 + at] = 1;
        assertThat(EightBytes.same(one, 1, other, 3, length)).isFalse();
        other[3 + at] = 0;
      }
    }
  }

  @Test
  void a_hash_is_of_every_byte_and_the_length() {
    for (int length = 1; length < 30; length++) {
      byte[] bytes = new byte[length + 2];
      long hash = ByteHash.of(bytes, 1, length + 1, 0);
      assertThat(ByteHash.of(bytes, 1, length, 0)).isNotEqualTo(hash);
      for (int at = 1; at <= length; at++) {
        bytes[at] = 1;
        assertThat(ByteHash.of(bytes, 1, length + 1, 0)).isNotEqualTo(hash);
        bytes[at] = 0;
      }
    }
  }
}
