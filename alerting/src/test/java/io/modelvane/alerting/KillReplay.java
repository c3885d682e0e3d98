package io.modelvane.alerting;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelvane.alerting.outbox.Outbox;
import io.modelvane.alerting.outbox.Rest;
import io.modelvane.alerting.response.Response;
import io.modelvane.alerting.silence.Matchers;
import io.modelvane.alerting.silence.Silence;
import io.modelvane.alerting.why.Chronicle;
import io.modelvane.engine.state.StateDatabase;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.StateStore;
import io.modelvane.testkit.TestClock;
import io.modelvane.testkit.TestContext;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Plays the folder {@code kill-replay} through the sink as it runs: with its threads, its database
 * and endpoints that are called over HTTP. The clock stops wherever something is due, until it is
 * done. A process that takes the place of one that died begins with what had been acknowledged
 * then, which is up to {@link #BEHIND} lines before what was evaluated.
 */
final class KillReplay {
  private static final int BEHIND = 3;
  private static final String PIPELINE = "alerts";

  private final Path folder;
  private final DeathPoints points;
  private final TestContext context;
  private final StateDatabase database;
  private final Outbox outbox;
  private final AlertingSink sink;
  private final Rest rest;
  private final List<JsonNode> lines;
  private int acknowledged;

  /**
   * A process.
   *
   * @param folder what it keeps
   * @param receiver the URL below which each endpoint has a path
   */
  KillReplay(Path folder, URI receiver, DeathPoints points) throws Exception {
    this.folder = folder;
    this.points = points;
    Path golden = CasesTest.resource("/kill-replay");
    this.lines = CasesTest.lines(golden.resolve("input.jsonl"));
    AlertingOptions options =
        Configured.options(
            CasesTest.resource("/rule-pipelines.yaml"), golden.resolve("config.yaml"));
    this.database = new StateDatabase(folder.resolve("state.db"));
    StateStore store = database.store("sink_alerting");
    TestClock clock =
        TestClock.at(kept("clock").map(Instant::parse).orElse(CasesTest.time("00:00:00")));
    this.acknowledged = kept("acknowledged").map(Integer::parseInt).orElse(0);
    TestContext.Builder parts =
        TestContext.named("alerting").clock(clock).state(points.in(store)).dataFolder(folder);
    for (String endpoint : options.policy().endpoints()) {
      URI url = receiver.resolve("/" + endpoint);
      parts.notifier(endpoint, points.in(new PostNotifier(url, endpoint.equals("lead"))));
    }
    this.context = parts.build();
    this.outbox = Outbox.create(options.policy(), context, options.recordTo(), options.link());
    this.sink =
        new AlertingSink(
            options,
            new Recorded(outbox, new Chronicle(context.state()), context.state()),
            context::health,
            context);
    this.rest = new Rest(outbox, options.policy(), store, clock);
  }

  private Optional<String> kept(String name) throws Exception {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
  }

  private void keep(String name, String text) throws Exception {
    Path fresh = folder.resolve(name + ".new");
    Files.writeString(fresh, text);
    Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Starts, plays to the end from where it was left, and stops. */
  void run() throws Exception {
    try {
      sink.start();
      play();
    } finally {
      stop();
    }
  }

  private void play() throws Exception {
    for (int i = acknowledged; i < lines.size(); i++) {
      points.pass();
      JsonNode line = lines.get(i);
      passUntil(time(line));
      play(line, i);
      rest.await();
      boolean said = !line.has("time") && !line.has("clock");
      if (said || i + 1 - acknowledged > BEHIND) {
        acknowledged = i + 1;
        keep("acknowledged", Integer.toString(acknowledged));
      }
    }
  }

  /** What somebody says is said at the time of the line before. */
  private Instant time(JsonNode line) {
    String text = line.path("time").asText(line.path("clock").asText(""));
    return text.isEmpty() ? context.clock().instant() : CasesTest.time(text);
  }

  private void passUntil(Instant time) throws Exception {
    for (Instant next = rest.await(); !next.isAfter(time); next = rest.await()) {
      reach(next);
    }
    reach(time);
    rest.await();
  }

  private void reach(Instant time) throws Exception {
    if (time.isAfter(context.clock().instant())) {
      keep("clock", time.toString()); // before anything can happen at that time
      context.clock().reach(time);
    }
  }

  private void play(JsonNode line, int number) throws Exception {
    if (line.has("time")) {
      Call call = CasesTest.call(line, number);
      boolean first = line.get("model").asText().equals("a");
      Outcome answer =
          sink.write(Call.batch(ReplayTest.SPLITS.get(first ? 0 : 1), List.of(call)))
              .toCompletableFuture()
              .get(3, TimeUnit.MINUTES); // not a matter of speed
      if (answer.kind() != Outcome.Kind.DONE) {
        throw new AssertionError(answer);
      }
      progress(call.arrived());
    } else if (line.has("clock")) {
      progress(time(line));
    } else {
      say(line);
    }
  }

  /** Answers asked for after the progress come after its commit. */
  private void progress(Instant time) throws Exception {
    sink.completeUntil(PIPELINE, time);
    var unused = sink.look("high", series -> false, 1);
  }

  /** Somebody who is not sure whether it was heard looks before saying it once more. */
  private void say(JsonNode line) throws Exception {
    Response.Remark ada = new Response.Remark("ada", "");
    if (line.has("silence")) {
      silence(line, ada);
    } else if (line.has("acknowledge")) {
      String incident = incident(line, "acknowledge");
      if (outbox.acknowledgements().find(incident).acknowledged().isEmpty()) {
        heard(outbox.acknowledgements().acknowledge(incident, ada).isPresent(), line);
      }
    } else {
      String incident = incident(line, "snooze");
      if (outbox.acknowledgements().find(incident).snoozed().isEmpty()) {
        Instant until = CasesTest.time(line.get("until").asText());
        heard(outbox.acknowledgements().snooze(incident, until, ada).isPresent(), line);
      }
    }
  }

  private static void heard(boolean heard, JsonNode line) {
    if (!heard) {
      throw new AssertionError("no such incident: " + line);
    }
  }

  private void silence(JsonNode line, Response.Remark by) throws Exception {
    if (!outbox.silences().list().isEmpty()) {
      return;
    }
    Map<String, String> matchers = new LinkedHashMap<>();
    line.get("silence").properties().forEach(m -> matchers.put(m.getKey(), m.getValue().asText()));
    Instant until = CasesTest.time(line.get("until").asText());
    outbox
        .silences()
        .create(
            new Silence.Draft(
                Matchers.parse(matchers),
                context.clock().instant(),
                until,
                by.author(),
                by.comment()));
  }

  private String incident(JsonNode line, String verb) throws Exception {
    return rest.incident(line.get("check").asText(), line.get(verb).asText());
  }

  private void stop() throws Exception {
    try {
      sink.stop();
    } finally {
      context.close();
      database.close();
    }
  }

  /** A process of its own: what it keeps, the receiver, the point at which it says it may die. */
  public static void main(String[] arguments) throws Exception {
    DeathPoints points = DeathPoints.deadly(Integer.parseInt(arguments[2]));
    new KillReplay(Path.of(arguments[0]), URI.create(arguments[1]), points).run();
  }
}
