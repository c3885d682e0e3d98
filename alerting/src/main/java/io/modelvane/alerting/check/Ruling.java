package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;

/**
 * What a window, or a call, had to say.
 *
 * @param end of the window, or the time of the call
 * @param found its value; it says nothing where there was an error
 * @param samples how many rows it rests on
 * @param quiet whether nothing may become worse by it
 */
record Ruling(long end, Estimate found, long samples, boolean quiet) {
  boolean isTrouble() {
    return found.saysNothing();
  }

  void encode(ByteWriter out) {
    out.putLong(end).putLong(samples).put(quiet ? 1 : 0);
    found.encode(out);
  }

  static Ruling decode(ByteReader in) {
    long end = in.nextLong();
    long samples = in.nextLong();
    boolean quiet = in.next() == 1;
    return new Ruling(end, Estimate.decode(in), samples, quiet);
  }
}
