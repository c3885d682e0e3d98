package io.modelvane.engine.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Bytes read and compared eight at a time. */
final class EightBytes {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** A one in each byte, so that times a byte it is that byte eight times. */
  static final long ONES = 0x0101010101010101L;

  private EightBytes() {}

  /** The eight bytes from {@code at} on, the first one lowest. */
  static long at(byte[] bytes, int at) {
    return (long) WORD.get(bytes, at);
  }

  /**
   * Which byte of a word is the first whose highest bit is set; all other bits are 0, and one bit
   * is set. Without a branch, as the quick compiler knows no instruction for it.
   */
  static int firstMarked(long marks) {
    long below = ((marks & -marks) - 1) & ONES; // one for each byte up to it
    return (int) ((below * ONES) >>> (Long.SIZE - Byte.SIZE)) - 1;
  }

  /** Whether the same bytes stand in two arrays; both must reach that far. */
  static boolean same(byte[] one, int at, byte[] other, int otherAt, int length) {
    if (length < Long.BYTES) {
      return sameFew(one, at, other, otherAt, length);
    }
    int last = length - Long.BYTES; // the last word may lie over the one before it
    for (int i = 0; i < last; i += Long.BYTES) {
      if (at(one, at + i) != at(other, otherAt + i)) {
        return false;
      }
    }
    return at(one, at + last) == at(other, otherAt + last);
  }

  private static boolean sameFew(byte[] one, int at, byte[] other, int otherAt, int length) {
    for (int i = 0; i < length; i++) {
      if (one[at + i] != other[otherAt + i]) {
        return false;
      }
    }
    return true;
  }
}
