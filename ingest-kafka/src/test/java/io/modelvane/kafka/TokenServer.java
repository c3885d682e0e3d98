package io.modelvane.kafka;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/**
 * An identity provider: gives signed tokens to the client {@code modelvane} for its secret, and
 * publishes the key that a broker checks them with.
 */
final class TokenServer implements AutoCloseable {
  static final String SECRET = "hush-hush-client";

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final HttpServer server;
  private final KeyPair keys;
  private final Path published;

  private TokenServer(HttpServer server, KeyPair keys, Path published) {
    this.server = server;
    this.keys = keys;
    this.published = published;
  }

  static TokenServer start(Path folder) throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      TokenServer tokens =
          new TokenServer(
              HttpServer.create(address, 0),
              generator.generateKeyPair(),
              folder.resolve("keys.json"));
      Files.writeString(tokens.published, tokens.keySet());
      TokenUrls.allow(URI.create(tokens.keysUrl()));
      tokens.server.createContext("/token", tokens::answer);
      tokens.server.start();
      return tokens;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  URI tokenUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/token");
  }

  String keysUrl() {
    return published.toUri().toString();
  }

  private String keySet() {
    RSAPublicKey key = (RSAPublicKey) keys.getPublic();
    return "{'keys':[{'kty':'RSA','alg':'RS256','use':'sig','kid':'one','n':'%s','e':'%s'}]}"
        .formatted(number(key.getModulus()), number(key.getPublicExponent()))
        .replace('\'', '"');
  }

  private static String number(BigInteger value) {
    byte[] bytes = value.toByteArray();
    return BASE64.encodeToString(
        bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String wanted =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(("modelvane:" + SECRET).getBytes(StandardCharsets.UTF_8));
    boolean known = wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    String body =
        known
            ? "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":300}"
                .formatted(token())
            : "{\"error\":\"invalid_client\"}";
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(known ? 200 : 401, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String token() {
    long now = Instant.now().getEpochSecond();
    String claims =
        "{'sub':'modelvane','iss':'tests','aud':'kafka','scope':'read','iat':%d,'exp':%d}"
            .formatted(now, now + 300);
    String head = encoded("{'alg':'RS256','typ':'JWT','kid':'one'}") + "." + encoded(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(head.getBytes(StandardCharsets.US_ASCII));
      return head + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String encoded(String json) {
    return BASE64.encodeToString(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
