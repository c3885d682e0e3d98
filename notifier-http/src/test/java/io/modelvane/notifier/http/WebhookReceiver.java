package io.modelvane.notifier.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelvane.testkit.ScriptedServer;
import io.modelvane.testkit.ScriptedServer.Answer;
import io.modelvane.testkit.ScriptedServer.Request;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A receiver that takes only what Standard Webhooks 1.0 lets it trust, and only JSON. */
final class WebhookReceiver implements ScriptedServer.Script {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> HEADERS =
      Set.of(
          "accept-encoding",
          "authorization",
          "connection",
          "content-length",
          "content-type",
          "host",
          "idempotency-key",
          "user-agent",
          "webhook-id",
          "webhook-signature",
          "webhook-timestamp",
          "x-model",
          "x-message");

  @Override
  public Answer answer(Request request) {
    if (!HEADERS.containsAll(request.headers().keySet())) {
      return Answer.of(400, "unknown header among " + request.headers().keySet());
    }
    String signed =
        request.header("webhook-id")
            + "."
            + request.header("webhook-timestamp")
            + "."
            + request.body();
    if (!signatureOf(signed, HttpSamples.SIGNING).equals(request.header("webhook-signature"))) {
      return Answer.of(400, "wrong signature");
    }
    return parse(request.body()).isObject() ? Answer.of(200, "thanks") : Answer.of(400, "no JSON");
  }

  /** Made by the recipe of the specification, apart from the code under test. */
  static String signatureOf(String signed, String secret) {
    try {
      byte[] key = Base64.getDecoder().decode(secret.replace("whsec_", ""));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, MessageDigest.getInstance("SHA-256").getAlgorithm()));
      byte[] hash = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(hash);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException invalid) {
      return JSON.missingNode();
    }
  }
}
