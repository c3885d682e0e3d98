package io.modelvane.notifier.email;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/**
 * A socket that gives so many bytes and no more: the mail library keeps a reply until its end, and
 * some never end.
 */
final class CappedSocket extends Socket {
  /** Many times what servers say to one mail, with the certificates of STARTTLS. */
  static final int MOST = 256 * 1024;

  private int left = MOST;

  /** The server says more than any reply to a mail is. */
  static final class TooMuch extends IOException {
    private static final long serialVersionUID = 1L;

    TooMuch() {
      super("it says more than %d KiB".formatted(MOST / 1024));
    }
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new Capped(super.getInputStream());
  }

  private final class Capped extends FilterInputStream {
    Capped(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return count(super.read(), 1);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      return count(read, read);
    }

    private int count(int result, int bytes) throws IOException {
      if (result < 0) {
        return result;
      }
      left -= bytes;
      if (left < 0) {
        close();
        throw new TooMuch();
      }
      return result;
    }
  }
}
