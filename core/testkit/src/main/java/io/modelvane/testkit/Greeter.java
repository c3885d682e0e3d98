package io.modelvane.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A TCP server that says one thing to everybody who connects, and then hangs up: plain text where
 * TLS is expected, the greeting of another protocol, garbage.
 */
public final class Greeter implements AutoCloseable {
  static final String THREAD = "greeter";

  private final ServerSocket listener;

  private Greeter(ServerSocket listener) {
    this.listener = listener;
  }

  /** Starts on a free port of the loopback interface. */
  public static Greeter saying(String words) throws IOException {
    Greeter greeter = new Greeter(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
    Thread thread = new Thread(() -> greeter.greet(words), THREAD);
    thread.setDaemon(true);
    thread.start();
    return greeter;
  }

  private void greet(String words) {
    while (!listener.isClosed()) {
      try (Socket caller = listener.accept()) {
        caller.getOutputStream().write(words.getBytes(StandardCharsets.UTF_8));
        caller.shutdownOutput();
        caller.getInputStream().readAllBytes();
      } catch (IOException goneOrClosing) {
        // The next caller, if there is one, is greeted alike.
      }
    }
  }

  /** Where to connect, on 127.0.0.1. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Frees the port. */
  @Override
  public void close() throws IOException {
    listener.close();
  }
}
