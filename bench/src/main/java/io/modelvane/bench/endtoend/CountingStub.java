package io.modelvane.bench.endtoend;

import java.io.BufferedInputStream;
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

/** Answers 204 to every write and counts lines, as cheaply as a server can. */
final class CountingStub implements AutoCloseable {
  private static final byte[] ANSWER =
      "HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BUCKETS =
      "{\"buckets\":[{\"id\":\"0000000000000001\",\"name\":\"insights\",\"retentionRules\":[]}]}"
          .getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket server;
  private final AtomicLong lines = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  CountingStub() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread acceptor = new Thread(this::accept, "stub");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  int port() {
    return server.getLocalPort();
  }

  long lines() {
    return lines.get();
  }

  long bytes() {
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
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        OutputStream out = socket.getOutputStream()) {
      socket.setTcpNoDelay(true);
      String request = line(in);
      while (!request.isEmpty()) {
        int length = contentLength(in);
        if (request.startsWith("GET")) {
          out.write(
              ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                      + BUCKETS.length
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
          out.write(BUCKETS);
        } else {
          count(in, length, buffer);
          out.write(ANSWER);
        }
        out.flush();
        request = line(in);
      }
    } catch (IOException closed) {
      // the client went away
    }
  }

  private void count(InputStream in, int length, byte[] buffer) throws IOException {
    long found = 0;
    int rest = length;
    while (rest > 0) {
      int read = in.read(buffer, 0, Math.min(rest, buffer.length));
      if (read < 0) {
        throw new IOException("broken off");
      }
      for (int i = 0; i < read; i++) {
        found += buffer[i] == '\n' ? 1 : 0;
      }
      rest -= read;
    }
    lines.addAndGet(found);
    bytes.addAndGet(length);
  }

  private static int contentLength(InputStream in) throws IOException {
    int length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    return length;
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
