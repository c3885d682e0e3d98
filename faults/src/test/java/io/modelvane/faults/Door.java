package io.modelvane.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/** Lets everybody in who knocks at a free port of this machine, each with a thread of its own. */
final class Door implements AutoCloseable {
  private final String name;
  private final Consumer<Socket> host;
  private final ServerSocket listener;

  private Door(String name, Consumer<Socket> host) throws IOException {
    this.name = name;
    this.host = host;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /**
   * Opens one.
   *
   * @param name of the threads
   * @param host serves one guest, and closes the socket
   */
  static Door open(String name, Consumer<Socket> host) throws IOException {
    Door door = new Door(name, host);
    door.start(door::accept);
    return door;
  }

  int port() {
    return listener.getLocalPort();
  }

  /** A way to a server on this machine. */
  static Socket connect(int port) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private void accept() {
    try {
      while (true) {
        Socket guest = listener.accept();
        start(() -> host.accept(guest));
      }
    } catch (IOException closing) {
      // That is how it ends.
    }
  }

  /** Does something beside, as long as the test runs. */
  void start(Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
