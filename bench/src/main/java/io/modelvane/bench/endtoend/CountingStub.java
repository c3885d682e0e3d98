package io.modelvane.bench.endtoend;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/** Answers 204 to every write and counts its lines, as cheaply as a server can. */
final class CountingStub implements Store {
  private static final byte[] ANSWER =
      "HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BUCKETS = buckets();

  private final ServerSocket server;
  private final AtomicLong lines = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final Supplier<LineListener> listeners;

  /** Hears of the bytes of bodies, each connection's by a listener of its own. */
  interface LineListener {
    /** The next bytes, in order. */
    void bytes(byte[] buffer, int length);
  }

  CountingStub() throws IOException {
    this(() -> (buffer, length) -> {});
  }

  CountingStub(Supplier<LineListener> listeners) throws IOException {
    this.listeners = listeners;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread acceptor = new Thread(this::accept, "stub");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  private static byte[] buckets() {
    String json =
        "{\"buckets\":[{\"id\":\"0000000000000001\",\"name\":\"insights\",\"retentionRules\":[]}]}";
    String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ";
    return (head + json.length() + "\r\n\r\n" + json).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public int port() {
    return server.getLocalPort();
  }

  @Override
  public long lines() {
    return lines.get();
  }

  @Override
  public long bytes() {
    return bytes.get();
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        Socket socket = server.accept();
        Thread worker = new Thread(() -> serve(socket), "stub-connection");
        worker.setDaemon(true);
        worker.start();
      }
    } catch (IOException closed) {
      // the end
    }
  }

  private void serve(Socket socket) {
    byte[] buffer = new byte[256 * 1024];
    LineListener listener = listeners.get();
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        OutputStream out = socket.getOutputStream()) {
      socket.setTcpNoDelay(true);
      for (String request = line(in); !request.isEmpty(); request = line(in)) {
        Body body = Body.read(in);
        if (request.startsWith("GET")) {
          out.write(BUCKETS);
        } else {
          count(body, buffer, listener);
          out.write(ANSWER);
        }
        out.flush();
      }
    } catch (IOException closed) {
      // the client went away
    }
  }

  private void count(Body body, byte[] buffer, LineListener listener) throws IOException {
    long found = 0;
    for (int read = body.text().read(buffer); read >= 0; read = body.text().read(buffer)) {
      for (int i = 0; i < read; i++) {
        found += buffer[i] == '\n' ? 1 : 0;
      }
      listener.bytes(buffer, read);
    }
    lines.addAndGet(found);
    bytes.addAndGet(body.length());
  }

  /**
   * What follows a request's first line.
   *
   * @param length on the wire
   * @param text unpacked; ends where the body does
   */
  private record Body(int length, InputStream text) {
    static Body read(InputStream in) throws IOException {
      int length = 0;
      boolean packed = false;
      boolean chunked = false;
      for (String header = line(in); !header.isEmpty(); header = line(in)) {
        String lower = header.toLowerCase(Locale.ROOT);
        if (lower.startsWith("content-length:")) {
          length = Integer.parseInt(header.substring(15).strip());
        }
        packed |= lower.startsWith("content-encoding: gzip");
        chunked |= lower.startsWith("transfer-encoding: chunked");
      }
      byte[] bytes = chunked ? chunks(in) : in.readNBytes(length);
      InputStream body = new ByteArrayInputStream(bytes);
      return new Body(bytes.length, packed ? new GZIPInputStream(body, 64 * 1024) : body);
    }

    private static byte[] chunks(InputStream in) throws IOException {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int size = size(in); size > 0; size = size(in)) {
        all.write(in.readNBytes(size));
        var unused = line(in);
      }
      var unused = line(in);
      return all.toByteArray();
    }

    private static int size(InputStream in) throws IOException {
      return Integer.parseInt(line(in).strip(), 16);
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException closing) {
      throw new UncheckedIOException(closing);
    }
  }
}
