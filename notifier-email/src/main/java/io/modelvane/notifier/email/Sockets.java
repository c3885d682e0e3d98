package io.modelvane.notifier.email;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes the sockets of one delivery and can close them all: the only way to end a read of the mail
 * library, which heeds no interrupt. Of each no more bytes are read than a {@link CappedSocket}
 * gives.
 */
final class Sockets implements AutoCloseable {
  private final SSLSocketFactory secure;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Sockets(SSLSocketFactory secure) {
    this.secure = secure;
  }

  private <S extends Socket> S kept(S socket) throws IOException {
    open.add(socket);
    if (closed) {
      socket.close();
    }
    return socket;
  }

  @Override
  public void close() {
    closed = true;
    for (Socket socket : open) {
      try {
        socket.close();
      } catch (IOException already) {
        // A socket that cannot be closed is closed.
      }
    }
  }

  /** For connections without TLS, or before STARTTLS. */
  SocketFactory plain() {
    return new Fresh(CappedSocket::new);
  }

  /** For connections with TLS from the first byte. */
  SocketFactory tls() {
    return new Fresh(() -> new TlsSocket(secure));
  }

  /** For TLS above a connection from {@link #plain}. */
  SSLSocketFactory startTls() {
    return new Above();
  }

  private final class Fresh extends SocketFactory {
    private final Supplier<Socket> sockets;

    Fresh(Supplier<Socket> sockets) {
      this.sockets = sockets;
    }

    @Override
    public Socket createSocket() throws IOException {
      return kept(sockets.get());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return connected(new InetSocketAddress(host, port), Optional.empty());
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort)
        throws IOException {
      return connected(new InetSocketAddress(host, port), Optional.of(at(from, fromPort)));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return connected(at(host, port), Optional.empty());
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
        throws IOException {
      return connected(at(host, port), Optional.of(at(from, fromPort)));
    }

    private InetSocketAddress at(InetAddress host, int port) {
      return new InetSocketAddress(host, port);
    }

    private Socket connected(InetSocketAddress server, Optional<InetSocketAddress> from)
        throws IOException {
      Socket socket = createSocket();
      if (from.isPresent()) {
        socket.bind(from.get());
      }
      socket.connect(server);
      return socket;
    }
  }

  private final class Above extends SSLSocketFactory {
    @Override
    public String[] getDefaultCipherSuites() {
      return secure.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return secure.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(Socket below, String host, int port, boolean autoClose)
        throws IOException {
      return kept(secure.createSocket(below, host, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      throw nothingBelow();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort)
        throws IOException {
      throw nothingBelow();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      throw nothingBelow();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
        throws IOException {
      throw nothingBelow();
    }

    private static SocketException nothingBelow() {
      return new SocketException("STARTTLS begins on a connection that is there");
    }
  }
}
