package io.modelvane.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.spi.Series;
import io.modelvane.spi.Split;
import io.modelvane.spi.Tag;
import io.modelvane.testkit.TestClock;
import io.modelvane.testkit.TestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One stream, cut and interrupted in every way: the incidents have to be the same. */
class ReplayTest {
  static final String CHECKS =
      """
      sinks:
        alerting:
          type: alerting
          commit_every: 1ms
          checks:
            calls: { type: threshold, field: score, levels: { crit: "> 90", warn: "> 80", info: "> 70" }, recover: { crit: "< 85" } }
            lasting: { type: threshold, field: score, levels: { warn: "> 40" }, for: 3s }
            mean: { type: threshold, field: score, levels: { warn: "> 52" }, window: 20s, every: 5s, lateness: 3s }
            median: { type: threshold, field: score, levels: { warn: "> 55" }, window: 10s, aggregate: median, by: [model] }
            volume: { type: threshold, levels: { warn: "< 3" }, window: 10s, aggregate: count, min_samples: 0 }
            silence: { type: deadman, after: 8s, forget_after: 40s, expect: [{ model: never }, { model: m1 }] }
            all: { type: deadman, after: 4s, by: [], level: warn }
            kept: { type: threshold, field: score, levels: { crit: "> 90", warn: "> 80" }, require: 2 of 4, keep_firing_for: 7s }
            missed: { type: threshold, field: score, levels: { warn: "> 52" }, window: 5s, keep_firing_for: 8s, no_data: unknown, no_data_after: 12s }
            users: { type: threshold, field: request_id, levels: { warn: "> 5" }, window: 10s, every: 5s, aggregate: distinct, by: [] }
            share: { type: ratio, field: score, is: "> 80", levels: { warn: "> 0.2" }, window: 10s, by: [model], min_samples: 3, confidence: 0.8, no_data: ok }
            versions: { type: ratio, tags: { version: v1 }, levels: { warn: "> 0.6" }, window: 10s, by: [model], require: 2 of 3 }
            jump: { type: change, field: score, levels: { warn: "outside -40..60" }, window: 5s, aggregate: max, no_data: info }
            later: { type: change, levels: { warn: "< -40" }, window: 10s, against: 1m, aggregate: count, min_samples: 0, by: [] }
            revised: { type: change, field: score, levels: { warn: "outside -30..30" }, unit: absolute, window: 5s, amend_for: 30s, require: 2 of 3 }
            compared: { type: change, field: score, levels: { warn: "outside -30..30" }, window: 10s, by: [model], against_tags: { version: v1 }, amend_for: 25s }
            either: { type: expression, levels: { crit: "score > 95 || score * 2 < 8", warn: "10 / (score - 50) > 3" }, recover: { crit: "score > 20 && score < 80" }, on_error: unknown }
            ratio: { type: expression, window: 10s, every: 5s, by: [model], value: "sum(score) / count()", levels: { warn: "value > 55 && p75(score) > 70", info: "value > 50" }, no_data: ok }
            amended: { type: threshold, field: score, levels: { crit: "> 65", warn: "> 55" }, window: 5s, amend_for: 30s, require: 2 of 3 }
            agreed: { type: ratio, field: score, is: "> 80", levels: { warn: "> 0.4" }, window: 10s, every: 5s, amend_for: 25s, keep_firing_for: 7s }
            young: { type: threshold, field: score, levels: { warn: "> 90" }, by: [model], grace: 20s, version_tag: version }
            full: { type: threshold, field: score, levels: { warn: "> 55" }, window: 10s, full_window: true, grace: 5s }
            several: { type: threshold, field: score, levels: { crit: "> 80", warn: "> 60" }, recover: { crit: "< 80" }, window: 10s, at_least: 2 }
            canary: { type: change, field: score, levels: { warn: "outside -40..40" }, window: 10s, by: [model], against_tags: { version: v1 } }
            stuck: { type: deadman, after: 8s, forget_after: 30s, field: score, report_zero: true }
            two: { type: composite, all_of: [kept, { check: missed, at_least: warn }], by: [model], level: warn }
            three: { type: composite, any_of: [two, share, silence], none_of: [median], by: [model], keep_firing_for: 5s }
      """;
  static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  static final List<Split> SPLITS = List.of(new Split("calls", 0, "x"), new Split("calls", 1, "x"));

  @TempDir Path folder;
  private AlertingOptions options;

  @BeforeEach
  void load() throws Exception {
    Path pipelines = Path.of(ReplayTest.class.getResource("/pipelines.yaml").toURI());
    options = Configured.options(pipelines, Files.writeString(folder.resolve("sink.yaml"), CHECKS));
  }

  /** A call and the split it is in. */
  record Event(int split, Call call) {}

  static List<Event> stream(Random random) {
    List<Event> events = new ArrayList<>();
    long[] offsets = {100, 500};
    long millis = 0;
    for (int i = 0; i < 400; i++) {
      millis += random.nextInt(40) == 0 ? random.nextInt(60_000) : random.nextInt(900);
      int split = random.nextInt(2);
      int model = random.nextInt(3);
      Series series =
          Series.of(
              "calls",
              List.of(new Tag("model", "m" + model), new Tag("version", "v" + random.nextInt(2))));
      Instant arrived = START.plusMillis(millis);
      Instant time = arrived.minusMillis(random.nextInt(12) == 0 ? random.nextInt(20_000) : 50);
      offsets[split] += 1 + random.nextInt(2);
      Map<String, Object> fields =
          Map.of("score", (double) random.nextInt(100), "request_id", "r" + i);
      events.add(new Event(split, new Call(offsets[split], series, time, arrived, fields)));
    }
    return events;
  }

  /** A sink without its thread, over a store that lives longer. */
  private final class Run {
    final MemoryStore store = new MemoryStore();
    final TestContext context =
        TestContext.named("alerting")
            .clock(TestClock.at(START.plusSeconds(100_000)))
            .state(store)
            .build();
    final List<IncidentChange> changes = new ArrayList<>();
    private RecordingAftermath aftermath = new RecordingAftermath();
    Ledger ledger;

    Run() throws Exception {
      ledger = open();
      ledger.progress("alerts", START); // the watch for expected series begins
      ledger.commit();
    }

    private Ledger open() throws Exception {
      changes.addAll(aftermath.changes());
      aftermath = new RecordingAftermath();
      Ledger opened =
          new Ledger(
              AlertingSinkFactory.checks(options), options.recordEvery(), aftermath, context);
      opened.open();
      return opened;
    }

    /** What was not committed is gone. */
    void crash() throws Exception {
      ledger = open();
    }

    List<String> end() throws Exception {
      ledger.progress("alerts", START.plusSeconds(50_000));
      ledger.commit();
      changes.addAll(aftermath.changes());
      store.close();
      context.close();
      return told(changes);
    }
  }

  /** Each incident's story in order; incidents of one time may come in any order. */
  static List<String> told(List<IncidentChange> changes) {
    Map<String, List<String>> stories = new TreeMap<>();
    for (IncidentChange change : changes) {
      String step =
          "%s %s->%s at %s, %s of %s %s, %d breaches %s"
              .formatted(
                  change.step(),
                  change.previous(),
                  change.incident().level(),
                  change.status().sourceTime(),
                  change.status().value(),
                  change.incident().check(),
                  change.incident().series(),
                  change.incident().breaches(),
                  new TreeMap<>(change.status().details()));
      stories.computeIfAbsent(change.incident().id(), id -> new ArrayList<>()).add(step);
    }
    return stories.entrySet().stream().map(Object::toString).toList();
  }

  static Instant complete(List<Event> events, int from) {
    return from < events.size() ? events.get(from).call().arrived() : START.plusSeconds(40_000);
  }

  static void take(Ledger ledger, List<Event> events) throws Exception {
    for (int from = 0; from < events.size(); ) {
      int split = events.get(from).split();
      int to = from;
      List<Call> calls = new ArrayList<>();
      while (to < events.size() && events.get(to).split() == split) {
        calls.add(events.get(to++).call());
      }
      ledger.take(Call.batch(SPLITS.get(split), calls));
      from = to;
    }
  }

  private List<String> reference(List<Event> events) throws Exception {
    Run run = new Run();
    for (int i = 0; i < events.size(); i++) {
      take(run.ledger, events.subList(i, i + 1));
      run.ledger.progress("alerts", complete(events, i + 1));
      run.ledger.commit();
    }
    return run.end();
  }

  @Test
  void streamHasIncidentsOfEveryCheck() throws Exception {
    String all = String.join("\n", reference(stream(new Random(1))));

    assertThat(all)
        .contains("OPENED", "WORSENED", "IMPROVED", "RESOLVED")
        .contains("of calls ", "of lasting ", "of mean ", "of median ", "of volume ")
        .contains("of silence ", "of all ", "expected,model=never")
        .contains("of kept ", "of missed ", "of users ", "of share ", "of versions ")
        .contains("of jump ", "of later ", "of two ", "of three ")
        .contains("of either ", "of ratio ", "of amended ", "of agreed ", "of young ")
        .contains(
            "of revised ", "of compared ", "of full ", "of several ", "of canary ", "of stuck ");
  }

  @Test
  void cutOfTheStreamDoesNotMatter() throws Exception {
    for (int seed = 0; seed < 5; seed++) {
      List<Event> events = stream(new Random(seed));
      List<String> expected = reference(events);
      Random random = new Random(seed + 77);
      Run run = new Run();
      for (int from = 0; from < events.size(); ) {
        int to = Math.min(events.size(), from + 1 + random.nextInt(120));
        take(run.ledger, events.subList(from, to));
        if (random.nextInt(3) > 0) {
          run.ledger.progress("alerts", complete(events, to));
        }
        if (random.nextBoolean()) {
          run.ledger.commit();
        }
        from = to;
      }

      assertThat(run.end()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  /** Each model in one split, as Kafka has it by key. */
  private static List<Event> keyed(List<Event> events) {
    List<Event> keyed = new ArrayList<>();
    long offset = 0; // rising in both splits
    for (Event event : events) {
      Call call = event.call();
      int split = "m0".equals(call.series().tag("model")) ? 0 : 1;
      Call moved = new Call(offset++, call.series(), call.time(), call.arrived(), call.fields());
      keyed.add(new Event(split, moved));
    }
    return keyed;
  }

  /** The same calls, those of each split in their order, and the splits mixed anew. */
  private static List<Event> interleaved(List<Event> events, Random random) {
    List<List<Event>> splits = List.of(new ArrayList<>(), new ArrayList<>());
    events.forEach(event -> splits.get(event.split()).add(event));
    List<Event> mixed = new ArrayList<>();
    while (mixed.size() < events.size()) {
      int first = random.nextInt(2);
      List<Event> next = splits.get(splits.get(first).isEmpty() ? 1 - first : first);
      mixed.add(next.remove(0));
    }
    return mixed;
  }

  @Test
  void orderOfTwoSplitsDoesNotMatter() throws Exception {
    for (int seed = 0; seed < 5; seed++) {
      List<Event> events = keyed(stream(new Random(seed)));
      List<String> expected = reference(events);
      Random random = new Random(seed + 55);
      Run run = new Run();
      for (int from = 0; from < events.size(); ) {
        int to = Math.min(events.size(), from + 1 + random.nextInt(60));
        take(run.ledger, interleaved(events.subList(from, to), random));
        run.ledger.progress("alerts", complete(events, to));
        run.ledger.commit();
        from = to;
      }

      assertThat(run.end()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void crashAndReplayFromWhatWasAcknowledgedDoesNotMatter() throws Exception {
    for (int seed = 0; seed < 5; seed++) {
      List<Event> events = stream(new Random(seed));
      List<String> expected = reference(events);
      Random random = new Random(seed + 99);
      Run run = new Run();
      int acknowledged = 0;
      int from = 0;
      for (int crashes = 0; from < events.size(); ) {
        int to = Math.min(events.size(), from + 1 + random.nextInt(30));
        take(run.ledger, events.subList(from, to));
        run.ledger.progress("alerts", complete(events, to));
        from = to;
        int fate = random.nextInt(4);
        if (fate == 0) {
          run.ledger.commit();
          acknowledged = from;
        } else if (fate == 1 && crashes++ < 20) {
          run.crash();
          from = Math.max(0, acknowledged - random.nextInt(10));
        } else if (fate == 2 && crashes++ < 20) {
          run.ledger.commit(); // on the disk, but the answer is lost
          run.crash();
          from = acknowledged;
        }
      }

      assertThat(run.end()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
    }
  }
}
