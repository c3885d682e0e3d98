package io.modelvane.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The JDK's own key and certificate tool, run as a process: the JDK has no public API that issues
 * certificates.
 */
final class Keytool {
  private Keytool() {}

  /** A self-signed authority under the alias {@code authority}. */
  static void makeAuthority(Path store, String password) {
    run(
        store,
        password,
        "authority",
        List.of("-ext", "bc:critical=ca:true", "-ext", "ku=keyCertSign,cRLSign"));
  }

  /**
   * A certificate that the authority in the same store signs; good for server and client on this
   * machine.
   */
  static void makeSigned(Path store, String password, String alias) {
    run(
        store,
        password,
        alias,
        List.of("-signer", "authority", "-ext", "san=ip:127.0.0.1,dns:localhost"));
  }

  private static void run(Path store, String password, String alias, List<String> special) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC", "-J-Xmx64m"));
    command.addAll(
        List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "3650"));
    command.addAll(List.of("-alias", alias, "-dname", "CN=" + alias + ", O=Modelvane demo"));
    command.addAll(
        List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", password));
    command.addAll(special);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("keytool failed for " + alias + ": " + output);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot run keytool", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while making certificates", interrupted);
    }
  }
}
