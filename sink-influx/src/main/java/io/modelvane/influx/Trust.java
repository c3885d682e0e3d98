package io.modelvane.influx;

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
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** Certificates of authorities, from a file in PEM. */
final class Trust {
  private Trust() {}

  /** Makes a client trust the authorities in a file and no others. */
  static void apply(Path ca, OkHttpClient.Builder http) throws ComponentException {
    try {
      X509TrustManager manager = manager(ca);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new X509TrustManager[] {manager}, null);
      http.sslSocketFactory(context.getSocketFactory(), manager);
    } catch (IOException | GeneralSecurityException unusable) {
      throw new ComponentException(
          Outcome.Kind.MISCONFIGURED,
          "the certificates in %s cannot be used: %s"
              .formatted(
                  ca, unusable instanceof IOException ? "not readable" : unusable.getMessage()),
          unusable);
    }
  }

  private static X509TrustManager manager(Path ca) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(ca)) {
      int count = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry("ca-" + count++, certificate);
      }
      if (count == 0) {
        throw new GeneralSecurityException("there is none in it");
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }
}
