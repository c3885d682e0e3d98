package io.modelvane.engine.decode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes messages, most of them nearly right: calls as the platform sends them, bent at random. */
final class HostileJson {
  private static final List<String> KEYS =
      List.of(
          "algorithm_name",
          "algorithm_owner",
          "algorithm_version",
          "request_id",
          "session_id",
          "time",
          "timestamp",
          "duration_milliseconds",
          "risk_score",
          "count",
          "flag",
          "note",
          "no employment",
          "a,b=c",
          "back\\\\",
          "esc\\u0061ped",
          "größe",
          "");
  private static final List<String> VALUES =
      List.of(
          "0",
          "-0",
          "12",
          "-3.25",
          "0.1",
          "01",
          "1.",
          ".5",
          "-",
          "+1",
          "1e5",
          "1E-7",
          "1e400",
          "-1e400",
          "1e",
          "9223372036854775808",
          "123456789012345678901234567890.5",
          "true",
          "false",
          "null",
          "nul",
          "tru",
          "NaN",
          "-Infinity",
          "\"\"",
          "\"text\"",
          "\"0.75\"",
          "\" 4 \"",
          "\"+4\"",
          "\"1e3\"",
          "\"NaN\"",
          "\"true\"",
          "\"a\\\"b\"",
          "\"tab\\tnew\\n\"",
          "\"raw\ttab\"",
          "\"caf\u00e9\"",
          "\"\\ud800\"",
          "\"\\ud83d\\ude00\"",
          "\"del\u007f\"",
          "\"comma, space = equals\"",
          "\"2026-11-26T10:15:30.123456\"",
          "\"2026-11-26T10:15:30\"",
          "\"2026-11-26 10:15:30.5Z\"",
          "\"2026-11-26T10:15:60\"",
          "\"2026-02-30T10:15:30\"",
          "\"2026-11-26T24:15:30\"",
          "\"2026-11-26T10:15:30+02:00\"",
          "\"1999-11-26T10:15:30\"",
          "\"2026-11-26T10:15:30.1234567890\"",
          "\"2026-11-26T10:15:30.\"",
          "1790000000",
          "1790000000.25",
          "1790000000123",
          "1790000000123456",
          "1790000000123456789",
          "9999999999999999999",
          "{}",
          "{\"x\":1}",
          "[1,2]",
          "[]");

  private final SplittableRandom random;

  HostileJson(long seed) {
    this.random = new SplittableRandom(seed);
  }

  byte[] message() {
    StringBuilder json = new StringBuilder(blank()).append('{');
    int members = random.nextInt(9);
    for (int i = 0; i < members; i++) {
      json.append(i == 0 ? "" : blank() + "," + blank());
      json.append('"').append(pick(KEYS)).append('"').append(blank()).append(':').append(blank());
      json.append(number(pick(VALUES)));
    }
    json.append(blank()).append('}').append(blank());
    byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
    return random.nextInt(3) == 0 ? bent(bytes) : bytes;
  }

  /** Longer than a word of the scanner, at every alignment. */
  private String number(String value) {
    return value.equals("\"text\"") ? "\"" + "x".repeat(random.nextInt(40)) + "\"" : value;
  }

  private String blank() {
    return random.nextInt(6) == 0 ? pick(List.of(" ", "\n", "\t", "\r\n", "  ")) : "";
  }

  private byte[] bent(byte[] bytes) {
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 1 -> {
        byte[] changed = bytes.clone();
        changed[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        yield changed;
      }
      case 2 -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int cut = random.nextInt(bytes.length);
        out.write(bytes, 0, cut);
        out.write(random.nextInt(256));
        out.write(bytes, cut, bytes.length - cut);
        yield out.toByteArray();
      }
      default -> {
        int cut = random.nextInt(bytes.length);
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
        System.arraycopy(bytes, cut + 1, shorter, cut, bytes.length - cut - 1);
        yield shorter;
      }
    };
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
