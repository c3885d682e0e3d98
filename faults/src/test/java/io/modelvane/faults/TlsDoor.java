package io.modelvane.faults;

import io.modelvane.demo.TlsStores;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Speaks TLS before a server that does not, with a certificate that one can trust or cannot. */
final class TlsDoor implements AutoCloseable {
  /** Lets the product trust the authority of these tests, and nobody else. */
  static final String OPTIONS =
      "-Djavax.net.ssl.trustStore=@folder@/tls/trust.p12"
          + " -Djavax.net.ssl.trustStorePassword=changeit";

  private final int target;
  private final SSLContext stranger;
  private final SSLContext known;
  private final Door door;
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile boolean trusted;

  /** A door to a port on this machine, which nobody trusts yet. */
  TlsDoor(Path folder, int target) throws IOException, GeneralSecurityException {
    TlsStores stores = TlsStores.create(folder);
    this.target = target;
    this.known = context(stores.serverKeyStore(), stores.password());
    this.stranger = context(stores.folder().resolve("stranger.p12"), stores.password());
    this.door = Door.open("tls door", this::serve);
  }

  private static SSLContext context(Path keys, String password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, password.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  int port() {
    return door.port();
  }

  /** Shows the right certificate from now on. */
  void trust() {
    trusted = true;
  }

  /** How many clients have turned away. */
  int refusals() {
    return refusals.get();
  }

  private void serve(Socket client) {
    SSLContext context = trusted ? known : stranger;
    try (SSLSocket outside =
            (SSLSocket) context.getSocketFactory().createSocket(client, null, true);
        Socket inside = Door.connect(target)) {
      outside.startHandshake();
      door.start(() -> pump(inside, outside));
      outside.getInputStream().transferTo(inside.getOutputStream());
    } catch (IOException turnedAway) {
      refusals.incrementAndGet();
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException over) {
      // The other direction sees to the end.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
