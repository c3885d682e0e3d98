package io.modelvane.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A certificate for 127.0.0.1 that nobody trusts who was not given it, made by the JDK's own tool:
 * once per process, as that takes a while.
 */
public final class Certificate {
  private static final String PASSWORD = "changeit";
  private static final String ALIAS = "server";

  private static @Nullable Certificate made;

  private final KeyStore store;

  private Certificate(KeyStore store) {
    this.store = store;
  }

  /** The certificate; the same for all callers of this process. */
  public static synchronized Certificate ofThisMachine()
      throws IOException, GeneralSecurityException, InterruptedException {
    if (made == null) {
      Path folder = Files.createTempDirectory("modelvane-certificate");
      Path file = folder.resolve("server.p12");
      try {
        made = new Certificate(makeIn(file));
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    }
    return made;
  }

  private static KeyStore makeIn(Path file)
      throws IOException, GeneralSecurityException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    // For a process that lives half a second.
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC", "-J-Xmx64m"));
    command.addAll(
        List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
    command.addAll(List.of("-alias", ALIAS, "-dname", "CN=scripted", "-ext", "SAN=ip:127.0.0.1"));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", file.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool: " + words);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  /** For a server that shows this certificate. */
  public SSLContext server() throws GeneralSecurityException {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  /** Writes the certificate, for a client that is to trust it, into a folder as {@code ca.pem}. */
  public Path pem(Path folder) throws IOException, GeneralSecurityException {
    byte[] certificate = store.getCertificate(ALIAS).getEncoded();
    String text = Base64.getMimeEncoder().encodeToString(certificate);
    return Files.writeString(
        folder.resolve("ca.pem"),
        "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n");
  }
}
