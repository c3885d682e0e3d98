package io.modelvane.engine.observe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** HTTP as bytes, for requests that no well-behaved client sends. */
final class RawHttp implements AutoCloseable {
  private final Socket socket;

  RawHttp(InetSocketAddress address) throws IOException {
    socket = new Socket(address.getAddress(), address.getPort());
    socket.setSoTimeout(20_000);
  }

  /** Sends lines, with the right ends. */
  RawHttp send(String... lines) throws IOException {
    String text = String.join("\r\n", lines);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** All that comes until the other side closes. */
  String rest() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** The first line of an answer, while the other side may keep the connection open. */
  String firstLine() throws IOException {
    return String.valueOf(
        new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
            .readLine());
  }

  /** One request with an answer, closed after it. */
  static String ask(InetSocketAddress address, String first, String... headers) throws IOException {
    try (RawHttp http = new RawHttp(address)) {
      http.send(first + " HTTP/1.1", "");
      for (String header : headers) {
        http.send(header, "");
      }
      return http.send("Connection: close", "", "").rest();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
