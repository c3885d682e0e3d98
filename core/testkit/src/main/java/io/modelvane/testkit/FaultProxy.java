package io.modelvane.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on the loopback interface that breaks connections as a test says. It knows no
 * protocol: Kafka, HTTP and SMTP go through it alike. A change of mind holds for connections that
 * are open already, from the next chunk on.
 */
public final class FaultProxy implements AutoCloseable {
  static final String THREAD = "fault proxy";
  private static final int PATIENCE_SECONDS = 30;
  private static final int FIRST_PORT = 20_000; // below it are those of the demo's servers
  private static final int LAST_PORT = 32_000;
  private static final int MOST_TRIES = 100;

  private static final int CHUNK = 8_192;
  private static final int BACKLOG = 50;

  private final InetSocketAddress target;
  private final int port;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Fault fault = Fault.NONE;
  private @Nullable ServerSocket listener;

  /** The kernel lets callers in for as long as a thread is in {@code accept}, closed or not. */
  private CountDownLatch accepting = new CountDownLatch(0);

  /**
   * What goes wrong.
   *
   * @param swallow accept connections and lose every byte, as a host that was unplugged does
   * @param delay before each chunk, in each direction
   * @param bytesPerSecond in each direction; 0 for as fast as it goes
   * @param answerBytes bytes of answers after which connections are reset; negative for never
   */
  private record Fault(boolean swallow, Duration delay, int bytesPerSecond, long answerBytes) {
    static final Fault NONE = new Fault(false, Duration.ZERO, 0, -1);
  }

  private FaultProxy(InetSocketAddress target) throws IOException {
    this.target = target;
    ServerSocket first = listen();
    this.port = first.getLocalPort();
    accept(first);
  }

  /** A proxy on a free port, which passes everything on until told otherwise. */
  public static FaultProxy to(String host, int targetPort) throws IOException {
    return new FaultProxy(new InetSocketAddress(host, targetPort));
  }

  /** Where to connect, on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** Passes everything on, and listens again after {@link #refuse()}. */
  public synchronized void pass() throws IOException {
    fault = Fault.NONE;
    if (listener == null && closed.getCount() > 0) {
      accept(listen(port));
    }
  }

  /** Refuses new connections and cuts those that are open. */
  public synchronized void refuse() throws IOException {
    ServerSocket current = listener;
    listener = null;
    if (current != null) {
      current.close();
    }
    try {
      if (!accepting.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("port " + port + " still accepts");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    cut();
  }

  /** Resets every open connection; new ones are welcome. */
  public void cut() {
    links.forEach(Link::reset);
  }

  /** Keeps each chunk back for a while, in each direction. */
  public void delay(Duration each) {
    fault = new Fault(false, each, 0, -1);
  }

  /** Lets so many bytes a second through, in each direction. */
  public void throttle(int bytesPerSecond) {
    fault = new Fault(false, Duration.ZERO, bytesPerSecond, -1);
  }

  /** Resets a connection once so many bytes of answers have passed; 0 resets before the first. */
  public void resetAfter(long answerBytes) {
    fault = new Fault(false, Duration.ZERO, 0, answerBytes);
  }

  /** Half-open: connections stay up and are accepted, but nothing passes. */
  public void swallow() {
    fault = new Fault(true, Duration.ZERO, 0, -1);
  }

  /** How many connections are open. */
  public int connections() {
    return links.size();
  }

  /**
   * On a port that no system gives to who asks for any: while this one is free because it refuses,
   * nobody else gets the calls of those who go on knocking.
   */
  private static ServerSocket listen() throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        return listen(ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT));
      } catch (BindException taken) {
        if (tries == MOST_TRIES) {
          throw taken;
        }
      }
    }
  }

  private static ServerSocket listen(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    return socket;
  }

  private synchronized void accept(ServerSocket socket) {
    listener = socket;
    CountDownLatch done = new CountDownLatch(1);
    accepting = done;
    start(
        () -> {
          try {
            while (true) {
              connect(socket.accept());
            }
          } catch (IOException closing) {
            reset(socket);
          } finally {
            done.countDown();
          }
        });
  }

  private void connect(Socket client) throws IOException {
    Socket server = new Socket();
    try {
      server.connect(target);
    } catch (IOException unreachable) {
      server.close();
      reset(client);
      return;
    }
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    Link link = new Link(client, server);
    links.add(link);
    start(() -> pump(link, false));
    start(() -> pump(link, true));
  }

  /** The two halves of a connection; it is over when both directions have ended. */
  private final class Link {
    private final Socket client;
    private final Socket server;
    private final AtomicInteger ended = new AtomicInteger();

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    /** One direction is at its end; the other may go on. */
    void end(Socket to) throws IOException {
      if (ended.incrementAndGet() < 2) {
        to.shutdownOutput();
        return;
      }
      links.remove(this);
      client.close();
      server.close();
    }

    void reset() {
      links.remove(this);
      FaultProxy.reset(client);
      FaultProxy.reset(server);
    }
  }

  private void pump(Link link, boolean answers) {
    Socket from = answers ? link.server : link.client;
    Socket to = answers ? link.client : link.server;
    try {
      if (pumpAll(from, to, answers)) {
        link.reset();
      } else if (!fault.swallow()) {
        link.end(to);
      }
    } catch (IOException broken) {
      link.reset();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /** Passes one direction on to its end; true when a reset is due. */
  private boolean pumpAll(Socket from, Socket to, boolean answers)
      throws IOException, InterruptedException {
    byte[] chunk = new byte[CHUNK];
    long passed = 0;
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
      Fault now = fault;
      boolean limited = answers && now.answerBytes() >= 0;
      int count = limited ? (int) Math.min(read, Math.max(now.answerBytes() - passed, 0)) : read;
      if (!now.swallow()) {
        pass(now, chunk, count, out);
      }
      passed += count;
      if (count < read) {
        return true;
      }
    }
    return false;
  }

  private void pass(Fault now, byte[] chunk, int count, OutputStream out)
      throws IOException, InterruptedException {
    if (!now.delay().isZero()) {
      pause(now.delay());
    }
    if (now.bytesPerSecond() == 0) {
      out.write(chunk, 0, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      out.write(chunk[i]);
      pause(Duration.ofNanos(1_000_000_000L / now.bytesPerSecond()));
    }
  }

  private void pause(Duration time) throws IOException, InterruptedException {
    if (closed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new IOException("closed");
    }
  }

  /** With linger 0 the close is a reset: the other side sees an error, not an end. */
  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException already) {
      // A closed socket cannot be closed more.
    }
  }

  private static void reset(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException already) {
      // As above.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, THREAD);
    thread.setDaemon(true);
    thread.start();
  }

  /** Frees the port and cuts every connection. */
  @Override
  public void close() throws IOException {
    closed.countDown();
    refuse();
  }
}
