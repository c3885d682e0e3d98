package io.modelvane.engine.deadletter;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Output through a buffer of 64 KiB that knows how many bytes have gone into it. */
final class CountedOutput extends FilterOutputStream {
  private long count;

  CountedOutput(OutputStream target) {
    super(new BufferedOutputStream(target, 1 << 16));
  }

  long count() {
    return count;
  }

  @Override
  public void write(int one) throws IOException {
    out.write(one);
    count++;
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    out.write(bytes, from, length);
    count += length;
  }
}
