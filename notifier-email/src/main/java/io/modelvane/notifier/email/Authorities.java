package io.modelvane.notifier.email;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Whose word is taken for a server's identity: a file of certificates, or what the JDK trusts. */
final class Authorities {
  private Authorities() {}

  /**
   * Reads the file.
   *
   * @throws ComponentException {@code MISCONFIGURED} when it holds no certificates
   */
  static SSLSocketFactory read(Optional<Path> file) throws ComponentException {
    if (file.isEmpty()) {
      return (SSLSocketFactory) SSLSocketFactory.getDefault();
    }
    try (InputStream pem = Files.newInputStream(file.get())) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(pem);
      if (certificates.isEmpty()) {
        throw new ComponentException(
            Outcome.Kind.MISCONFIGURED, "ca: " + file.get() + " holds no certificate in PEM");
      }
      return trusting(certificates);
    } catch (IOException | GeneralSecurityException unreadable) {
      throw new ComponentException(
          Outcome.Kind.MISCONFIGURED,
          "ca: " + file.get() + " cannot be read as certificates in PEM",
          unreadable);
    }
  }

  private static SSLSocketFactory trusting(Collection<? extends Certificate> certificates)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (Certificate certificate : certificates) {
      store.setCertificateEntry("ca" + number++, certificate);
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context.getSocketFactory();
  }
}
