package io.modelvane.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;

/**
 * Certificates for one test or demo: an authority of our own, a server certificate for 127.0.0.1
 * and localhost, and a client certificate, made by the JDK's keytool into PKCS#12 stores. Each is
 * to be had as PEM text as well. A second authority, which signed none of them, serves tests of
 * distrust.
 *
 * @param folder where the files lie
 */
public record TlsStores(Path folder) {
  private static final String PASSWORD = "changeit";

  /** Makes the stores in a folder, or takes those that are there. Takes some seconds. */
  public static TlsStores create(Path folder) {
    TlsStores stores = new TlsStores(folder);
    try {
      if (!Files.exists(stores.trustStore())) {
        Files.createDirectories(folder);
        stores.make();
      }
      return stores;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot make certificates in " + folder, failure);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("cannot make certificates in " + folder, failure);
    }
  }

  /** Opens every store and every key in it. */
  public String password() {
    return PASSWORD;
  }

  /** The server's key and certificate chain. */
  public Path serverKeyStore() {
    return folder.resolve("server.p12");
  }

  /** The client's key and certificate chain. */
  public Path clientKeyStore() {
    return folder.resolve("client.p12");
  }

  /** The authority's certificate: who trusts it trusts the server and the client. */
  public Path trustStore() {
    return folder.resolve("trust.p12");
  }

  /** The certificate of another authority, which signed neither. */
  public Path strangersTrustStore() {
    return folder.resolve("strangers-trust.p12");
  }

  /** The authority's certificate as PEM text. */
  public String authorityPem() {
    return certificatePem(trustStore(), "authority");
  }

  /** The other authority's certificate as PEM text. */
  public String strangersAuthorityPem() {
    return certificatePem(strangersTrustStore(), "authority");
  }

  /** The client's certificate and its authority's as PEM text. */
  public String clientCertificatePem() {
    return chainPem(clientKeyStore(), "client");
  }

  /** The client's private key as PEM text (PKCS#8, not encrypted). */
  public String clientKeyPem() {
    try {
      Key key = load(clientKeyStore()).getKey("client", PASSWORD.toCharArray());
      return pem("PRIVATE KEY", key.getEncoded());
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("no client key in " + clientKeyStore(), failure);
    }
  }

  private void make() throws GeneralSecurityException {
    Path all = folder.resolve("authority.p12");
    Keytool.makeAuthority(all, PASSWORD);
    Keytool.makeSigned(all, PASSWORD, "server");
    Keytool.makeSigned(all, PASSWORD, "client");
    KeyStore source = load(all);
    copyKey(source, "server", serverKeyStore());
    copyKey(source, "client", clientKeyStore());
    Path stranger = folder.resolve("stranger.p12");
    Keytool.makeAuthority(stranger, PASSWORD);
    copyCertificate(load(stranger), strangersTrustStore());
    copyCertificate(source, trustStore());
  }

  private static void copyKey(KeyStore source, String alias, Path target)
      throws GeneralSecurityException {
    KeyStore store = empty();
    Key key = source.getKey(alias, PASSWORD.toCharArray());
    store.setKeyEntry(alias, key, PASSWORD.toCharArray(), source.getCertificateChain(alias));
    save(store, target);
  }

  private static void copyCertificate(KeyStore source, Path target)
      throws GeneralSecurityException {
    KeyStore store = empty();
    store.setCertificateEntry("authority", source.getCertificate("authority"));
    save(store, target);
  }

  private static KeyStore empty() throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      return store;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static KeyStore load(Path file) throws GeneralSecurityException {
    try (var in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      return store;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + file, failure);
    }
  }

  private static void save(KeyStore store, Path file) throws GeneralSecurityException {
    try (var out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write " + file, failure);
    }
  }

  private static String certificatePem(Path file, String alias) {
    try {
      return pem("CERTIFICATE", load(file).getCertificate(alias).getEncoded());
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("no certificate " + alias + " in " + file, failure);
    }
  }

  private static String chainPem(Path file, String alias) {
    try {
      StringBuilder text = new StringBuilder();
      for (Certificate certificate : load(file).getCertificateChain(alias)) {
        text.append(pem("CERTIFICATE", certificate.getEncoded()));
      }
      return text.toString();
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("no certificates of " + alias + " in " + file, failure);
    }
  }

  private static String pem(String kind, byte[] der) {
    Base64.Encoder encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN "
        + kind
        + "-----\n"
        + encoder.encodeToString(der)
        + "\n-----END "
        + kind
        + "-----\n";
  }
}
