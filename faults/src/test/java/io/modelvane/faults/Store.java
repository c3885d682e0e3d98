package io.modelvane.faults;

import io.modelvane.testkit.FaultProxy;
import io.modelvane.testkit.ScriptedServer;
import io.modelvane.testkit.ScriptedServer.Answer;
import io.modelvane.testkit.ScriptedServer.Request;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Speaks InfluxDB's write API, answers as a case says, and keeps a ledger of every row that it
 * took. A proxy stands before it, for what no server does of its own will.
 */
final class Store implements AutoCloseable {
  static final Pattern ID = Pattern.compile("[ ,]request_id=\"([^\"]+)\"");
  private static final Rule KEEPS_ALL =
      (lines, ledger) -> {
        ledger.keep(lines);
        return Answer.of(204, "");
      };

  private final ScriptedServer server;
  private final FaultProxy door;
  private final Ledger ledger = new Ledger();
  private final Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();
  private volatile Rule rule = KEEPS_ALL;

  /** Decides about a write. */
  @FunctionalInterface
  interface Rule {
    /** Keeps what it likes of the lines, and answers. */
    Answer answer(List<String> lines, Ledger ledger);
  }

  /** Every row that was taken: which points each id became, and whose each point is. */
  static final class Ledger {
    private final Map<String, Set<String>> points = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> owners = new ConcurrentHashMap<>();
    private final AtomicInteger repeats = new AtomicInteger();

    /** Takes rows: what stands before the first space and the time make the point. */
    void keep(List<String> lines) {
      for (String line : lines) {
        Matcher id = ID.matcher(line);
        if (!line.startsWith("algorithmia") || !id.find()) {
          continue; // the history of alerting
        }
        String time = line.substring(line.lastIndexOf(' ') + 1);
        String point = line.substring(0, line.indexOf(' ')) + " " + time;
        boolean first = set(points, id.group(1)).add(point);
        set(owners, point).add(id.group(1));
        if (!first) {
          repeats.incrementAndGet();
        }
      }
    }

    private static Set<String> set(Map<String, Set<String>> map, String key) {
      return map.computeIfAbsent(key, any -> ConcurrentHashMap.newKeySet(2));
    }

    /** The ids of all rows. */
    Set<String> ids() {
      return points.keySet();
    }

    /** How many ids there are. */
    int size() {
      return points.size();
    }

    boolean has(String id) {
      return points.containsKey(id);
    }

    /** Whether the points of an id, if there are any, are of this second. */
    boolean isOfSecond(String id, long second) {
      return points.getOrDefault(id, Set.of()).stream()
          .map(point -> point.substring(point.lastIndexOf(' ') + 1))
          .allMatch(nanos -> Long.parseLong(nanos) / 1_000_000_000 == second);
    }

    /** How often a row came that was there already. */
    int repeats() {
      return repeats.get();
    }

    /** Ids under several points, and points that several ids share: both must be empty. */
    List<String> confusions() {
      return java.util.stream.Stream.of(points, owners)
          .flatMap(map -> map.entrySet().stream())
          .filter(entry -> entry.getValue().size() > 1)
          .map(entry -> entry.getKey() + " -> " + entry.getValue())
          .toList();
    }
  }

  Store() throws IOException {
    server = ScriptedServer.answering(this::answer);
    door = FaultProxy.to("127.0.0.1", server.port());
  }

  private Answer answer(Request request) {
    if (!request.target().getPath().equals("/api/v2/write")) {
      return Answer.of(404, "{\"code\":\"not found\",\"message\":\"path not found\"}");
    }
    Answer answer = rule.answer(request.body().lines().toList(), ledger);
    answers.computeIfAbsent(answer.status(), any -> new AtomicInteger()).incrementAndGet();
    return answer;
  }

  /** Follows another rule from now on. */
  void rule(Rule next) {
    rule = next;
  }

  /** Keeps everything from now on. */
  void heal() {
    rule = KEEPS_ALL;
  }

  /** How often it has answered with a status; 0 stands for silence. */
  int answered(int status) {
    AtomicInteger count = answers.get(status);
    return count == null ? 0 : count.get();
  }

  Ledger ledger() {
    return ledger;
  }

  /** The proxy before it. */
  FaultProxy door() {
    return door;
  }

  String url() {
    return "http://127.0.0.1:" + door.port();
  }

  @Override
  public void close() throws IOException {
    door.close();
    server.close();
  }
}
