package io.modelvane.influx;

import java.io.IOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** Lines in an array, sent as they are or compressed while they are sent. */
final class LineBody extends RequestBody {
  private static final MediaType TYPE = MediaType.get("text/plain; charset=utf-8");

  /** What the HTTP client keeps memory for, thread by thread: 64 KiB, less what is in its hands. */
  private static final int SLICE = 48 * 1024;

  private final byte[] lines;
  private final int length;
  private final boolean compress;

  @SuppressWarnings("ArrayIsStoredDirectly") // the sink's own buffer, not changed while in flight
  LineBody(byte[] lines, int length, boolean compress) {
    this.lines = lines;
    this.length = length;
    this.compress = compress;
  }

  @Override
  public MediaType contentType() {
    return TYPE;
  }

  @Override
  public long contentLength() {
    return compress ? -1 : length;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    if (!compress) {
      for (int at = 0; at < length; at += SLICE) {
        sink.write(lines, at, Math.min(SLICE, length - at));
      }
      return;
    }
    FastGzip gzip = new FastGzip(sink);
    try {
      gzip.write(lines, 0, length);
      gzip.finish();
      sink.flush();
    } finally {
      gzip.release();
    }
  }

  /** Level 1: the higher ones cost twice the time for a tenth less. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(BufferedSink sink) throws IOException {
      super(sink.outputStream(), 16 * 1024);
      def.setLevel(Deflater.BEST_SPEED);
    }

    /** Gives the native memory back, also when the connection broke. */
    void release() {
      def.end();
    }
  }
}
