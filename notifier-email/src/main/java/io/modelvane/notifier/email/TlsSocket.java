package io.modelvane.notifier.email;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A socket that speaks TLS from its first byte, above a {@link CappedSocket}; the JDK's own reads
 * without end. To connect is to know that the certificate is the host's.
 */
final class TlsSocket extends Socket {
  private final CappedSocket below = new CappedSocket();
  private final SSLSocketFactory secure;
  private volatile @Nullable SSLSocket above;

  TlsSocket(SSLSocketFactory secure) {
    this.secure = secure;
  }

  @Override
  public void connect(SocketAddress server) throws IOException {
    connect(server, 0);
  }

  @Override
  public void connect(SocketAddress server, int timeout) throws IOException {
    below.connect(server, timeout);
    InetSocketAddress host = (InetSocketAddress) server;
    SSLSocket made =
        (SSLSocket) secure.createSocket(below, host.getHostString(), host.getPort(), true);
    SSLParameters parameters = made.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 8314 wants the same of mail
    made.setSSLParameters(parameters);
    above = made;
    made.startHandshake();
  }

  private SSLSocket above() throws SocketException {
    SSLSocket made = above;
    if (made == null) {
      throw new SocketException("not connected");
    }
    return made;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return above().getInputStream();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return above().getOutputStream();
  }

  @Override
  public void bind(SocketAddress from) throws IOException {
    below.bind(from);
  }

  @Override
  public InetAddress getLocalAddress() {
    return below.getLocalAddress();
  }

  @Override
  public boolean isBound() {
    return below.isBound();
  }

  @Override
  public boolean isConnected() {
    return below.isConnected();
  }

  @Override
  public boolean isClosed() {
    return below.isClosed();
  }

  @Override
  public synchronized void setSoTimeout(int millis) throws SocketException {
    below.setSoTimeout(millis);
  }

  @Override
  public synchronized int getSoTimeout() throws SocketException {
    return below.getSoTimeout();
  }

  /** Without a farewell, for which the JDK would wait on whoever hangs in a write. */
  @Override
  public synchronized void close() throws IOException {
    below.close();
  }
}
