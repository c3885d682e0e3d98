package io.modelvane.faults;

import io.modelvane.faults.Store.Rule;
import io.modelvane.testkit.ScriptedServer.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** What stores do on bad days. */
final class StoreRules {
  private static final String HTML =
      "<html><head><title>%s</title></head><body>nginx</body></html>";

  private StoreRules() {}

  /** Keeps nothing and says the same each time, in InfluxDB's form. */
  static Rule refusing(int status, String code, String message) {
    return (lines, ledger) -> Answer.of(status, error(code, message));
  }

  /** Keeps nothing and asks for a pause: a number of seconds or a date. */
  static Rule pausing(String retryAfter) {
    return (lines, ledger) ->
        Answer.of(503, error("unavailable", "compacting")).with("Retry-After", retryAfter);
  }

  /** Keeps nothing and answers with a gateway's page. */
  static Rule page(int status) {
    return (lines, ledger) ->
        Answer.of(status, HTML.formatted(status)).with("Content-Type", "text/html");
  }

  /** Keeps nothing and never answers. */
  static Rule hanging() {
    return (lines, ledger) -> Answer.silence();
  }

  /** Keeps everything and never says so. */
  static Rule hangingAfterKeeping() {
    return (lines, ledger) -> {
      ledger.keep(lines);
      return Answer.silence();
    };
  }

  /** Keeps everything, and takes its time. */
  static Rule slow(Duration time) {
    return (lines, ledger) -> {
      LockSupport.parkNanos(time.toNanos());
      ledger.keep(lines);
      return Answer.of(204, "");
    };
  }

  /** Every other write works; the others fail. */
  static Rule everyOther(Rule broken) {
    AtomicInteger count = new AtomicInteger();
    return (lines, ledger) -> {
      if (count.getAndIncrement() % 2 == 0) {
        return broken.answer(lines, ledger);
      }
      ledger.keep(lines);
      return Answer.of(204, "");
    };
  }

  /** Refuses a write with a bad line in it as a whole, and quotes the line. */
  static Rule quotingBadLines() {
    return (lines, ledger) -> {
      List<String> bad = bad(lines);
      if (bad.isEmpty()) {
        ledger.keep(lines);
        return Answer.of(204, "");
      }
      String words = "unable to parse '" + bad.get(0) + "': invalid number";
      return Answer.of(400, error("invalid", words));
    };
  }

  /** Keeps the good lines of a write and counts the others. */
  static Rule droppingBadLines() {
    return (lines, ledger) -> {
      List<String> bad = bad(lines);
      ledger.keep(lines.stream().filter(line -> !bad.contains(line)).toList());
      if (bad.isEmpty()) {
        return Answer.of(204, "");
      }
      String words =
          "by "
              + Stage.SECRET
              + ": failure writing points to database: partial write: field type conflict: input"
              + " field \"unstorable\" on measurement \"algorithmia\" is type float, already exists"
              + " as type string dropped="
              + bad.size();
      return Answer.of(422, error("unprocessable entity", words));
    };
  }

  /** Breaks with 500 over any write with the row of this id in it, and says nothing of it. */
  static Rule breakingOver(String id) {
    return (lines, ledger) -> {
      if (lines.stream().anyMatch(line -> line.contains("\"" + id + "\""))) {
        return Answer.of(500, error("internal error", "internal error"));
      }
      ledger.keep(lines);
      return Answer.of(204, "");
    };
  }

  /** Takes few bytes at once. */
  static Rule takingAtMost(int bytes) {
    return (lines, ledger) -> {
      if (lines.stream().mapToInt(line -> line.length() + 1).sum() > bytes) {
        return Answer.of(413, error("request too large", "cannot read data: too large"));
      }
      ledger.keep(lines);
      return Answer.of(204, "");
    };
  }

  /** Is there, and busy whenever a call comes. */
  static Rule takingNoCall() {
    return (lines, ledger) ->
        lines.stream().anyMatch(line -> line.startsWith("algorithmia"))
            ? Answer.of(503, error("unavailable", "busy"))
            : Answer.of(204, "");
  }

  private static List<String> bad(List<String> lines) {
    return lines.stream().filter(line -> line.matches(".*[ ,]unstorable=1\\b.*")).toList();
  }

  private static String error(String code, String message) {
    String text = message.replace("\\", "\\\\").replace("\"", "\\\"");
    return "{\"code\":\"%s\",\"message\":\"%s\"}".formatted(code, text);
  }
}
