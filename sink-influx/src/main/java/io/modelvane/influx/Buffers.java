package io.modelvane.influx;

import java.util.ArrayDeque;
import java.util.Deque;

/** Arrays for request bodies, used again. Safe for use by many threads. */
final class Buffers {
  private static final int LARGEST_KEPT = 8 << 20;

  private final int most;
  private final Deque<byte[]> spares = new ArrayDeque<>();

  Buffers(int most) {
    this.most = most;
  }

  synchronized byte[] take(int size) {
    byte[] spare = spares.poll();
    return spare != null && spare.length >= size
        ? spare
        : new byte[(int) Math.min(size + size / 4L, Integer.MAX_VALUE - 8)];
  }

  synchronized void give(byte[] buffer) {
    if (spares.size() < most && buffer.length <= LARGEST_KEPT) {
      spares.push(buffer);
    }
  }
}
