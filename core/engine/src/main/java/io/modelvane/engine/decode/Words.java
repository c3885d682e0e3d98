package io.modelvane.engine.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Bytes read and compared eight at a time. */
final class Words {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Words() {}

  /** The eight bytes from {@code at} on, the first one lowest. */
  static long at(byte[] bytes, int at) {
    return (long) WORD.get(bytes, at);
  }

  /** Whether the same bytes stand in two arrays; both must reach that far. */
  static boolean same(byte[] one, int at, byte[] other, int otherAt, int length) {
    int i = 0;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      if (at(one, at + i) != at(other, otherAt + i)) {
        return false;
      }
    }
    for (; i < length; i++) {
      if (one[at + i] != other[otherAt + i]) {
        return false;
      }
    }
    return true;
  }
}
