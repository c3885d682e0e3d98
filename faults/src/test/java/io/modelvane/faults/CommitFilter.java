package io.modelvane.faults;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A way to the broker on which everything passes but, when told so, the requests that commit a
 * position: a connection breaks over each, before the broker has seen it. It knows of Kafka's
 * protocol that a request begins with its length and its kind.
 */
final class CommitFilter implements AutoCloseable {
  private static final short OFFSET_COMMIT = 8;

  private final int target;
  private final Door door;
  private final AtomicInteger broken = new AtomicInteger();
  private volatile boolean breaking;

  /** A way to a port on this machine. */
  CommitFilter(int target) throws IOException {
    this.target = target;
    this.door = Door.open("commit filter", this::serve);
  }

  int port() {
    return door.port();
  }

  /** Whether connections break over commits from now on. */
  void breaking(boolean wanted) {
    breaking = wanted;
  }

  /** How many commits were lost. */
  int broken() {
    return broken.get();
  }

  private void serve(Socket client) {
    try (client;
        Socket server = Door.connect(target)) {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      door.start(() -> answers(server, client));
      requests(
          new DataInputStream(client.getInputStream()),
          new DataOutputStream(server.getOutputStream()));
    } catch (IOException over) {
      // One of the two has gone, and the other goes with it.
    }
  }

  private void requests(DataInputStream in, DataOutputStream out) throws IOException {
    while (true) {
      byte[] request = new byte[in.readInt()];
      in.readFully(request);
      int kind = (request[0] << 8) | (request[1] & 0xff);
      if (breaking && kind == OFFSET_COMMIT) {
        broken.incrementAndGet();
        return;
      }
      out.writeInt(request.length);
      out.write(request);
      out.flush();
    }
  }

  private static void answers(Socket server, Socket client) {
    try (client) {
      server.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException over) {
      // The other direction sees to the end.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
