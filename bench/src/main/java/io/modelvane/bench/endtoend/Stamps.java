package io.modelvane.bench.endtoend;

import java.time.Instant;
import org.HdrHistogram.Recorder;

/**
 * Reads the time at the end of each line of line protocol, and records how long ago that was. A
 * call carries the time at which it was meant to be sent, so a producer that falls behind does not
 * hide a delay.
 */
final class Stamps implements CountingStub.LineListener {
  private final Recorder recorder;
  private long stamp;

  Stamps(Recorder recorder) {
    this.recorder = recorder;
  }

  @Override
  public void bytes(byte[] buffer, int length) {
    Instant now = Instant.now();
    long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    for (int i = 0; i < length; i++) {
      byte b = buffer[i];
      if (b == '\n') {
        recorder.recordValue(Math.max(0, nanos - stamp) / 1_000);
        stamp = 0;
      } else if (b >= '0' && b <= '9') {
        stamp = stamp * 10 + (b - '0');
      } else {
        stamp = 0;
      }
    }
  }
}
