package io.modelvane.influx;

import io.modelvane.influx.Answer.Manner;
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
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on 127.0.0.1 that does what a function says, bad manners included. Writes of
 * nothing, which a sink sends at its start, are answered 204 and not noted unless asked for.
 */
final class ScriptedServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Function<Received, Answer> script;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final boolean notesProbes;

  private ScriptedServer(
      ServerSocketFactory factory, boolean notesProbes, Function<Received, Answer> script) {
    this.script = script;
    this.notesProbes = notesProbes;
    try {
      this.socket = factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    thread(this::accept);
  }

  static ScriptedServer of(Function<Received, Answer> script) {
    return new ScriptedServer(ServerSocketFactory.getDefault(), false, script);
  }

  /** One that also shows the write of nothing to its script. */
  static ScriptedServer withProbes(Function<Received, Answer> script) {
    return new ScriptedServer(ServerSocketFactory.getDefault(), true, script);
  }

  static ScriptedServer secured(ServerSocketFactory factory, Function<Received, Answer> script) {
    return new ScriptedServer(factory, false, script);
  }

  int port() {
    return socket.getLocalPort();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port());
  }

  /** How many connections there have been. */
  int connections() {
    return connections.get();
  }

  /** What has arrived so far. */
  List<Received> received() {
    return received;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        connection.setTcpNoDelay(true);
        open.add(connection);
        connections.incrementAndGet();
        thread(() -> serve(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      OutputStream out = connection.getOutputStream();
      for (Received request = read(in); request != null; request = read(in)) {
        boolean probe = request.body().isEmpty() && request.method().equals("POST");
        if (probe && !notesProbes) {
          send(Answer.stored(), out);
          continue;
        }
        received.add(request);
        Answer answer = script.apply(request);
        if (answer.manner() == Manner.RESET) {
          connection.setSoLinger(true, 0);
          return;
        }
        send(answer, out);
        if (answer.manner() != Manner.WHOLE) {
          return;
        }
      }
    } catch (IOException | InterruptedException gone) {
      // The client has closed, or the test is over.
    } finally {
      open.remove(connection);
    }
  }

  private static void send(Answer answer, OutputStream out)
      throws IOException, InterruptedException {
    if (answer.manner() == Manner.HANGING) {
      Thread.sleep(60_000);
      return;
    }
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " Said\r\n");
    answer.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    if (answer.status() != 204) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
      head.append(answer.body().startsWith("<") ? "Content-Type: text/html\r\n" : "");
    }
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    switch (answer.manner()) {
      case TRUNCATED -> out.write(body, 0, body.length / 2);
      case DRIPPING -> {
        for (byte b : body) {
          out.write(b);
          out.flush();
          Thread.sleep(300);
        }
      }
      default -> out.write(body);
    }
    out.flush();
  }

  private static @Nullable Received read(InputStream in) throws IOException {
    String first = line(in);
    if (!first.endsWith(" HTTP/1.1")) {
      return null; // the end, or somebody who speaks TLS
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    byte[] body =
        headers.containsKey("transfer-encoding")
            ? chunks(in)
            : in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    if ("gzip".equals(headers.get("content-encoding"))) {
      body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }
    List<String> words = new ArrayList<>(List.of(first.split(" ")));
    return new Received(
        words.get(0), words.get(1), headers, new String(body, StandardCharsets.UTF_8));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = Integer.parseInt(line(in), 16); size > 0; ) {
      body.write(in.readNBytes(size));
      line(in);
      size = Integer.parseInt(line(in), 16);
    }
    line(in);
    return body.toByteArray();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != -1 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket connection : open) {
        connection.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
