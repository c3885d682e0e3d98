package io.modelvane.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.testkit.ScriptedServer;
import io.modelvane.testkit.ScriptedServer.Answer;
import io.modelvane.testkit.ScriptedServer.Request;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random points of a replay: between any two SQL statements, before and after
 * commits and requests, and while a request that has arrived is not answered. What the receivers
 * know in the end is what they know when nothing happens.
 *
 * <p>Some points as a rule, a hundred with {@code -Psoak}; {@code -Dalerting.seed} chooses others.
 */
class KillTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KILLS = Integer.getInteger("alerting.kills", 10);
  private static final long SEED = Long.getLong("alerting.seed", 1);

  @TempDir Path folder;
  private ScriptedServer receiver;
  private volatile @Nullable Process victim;
  private volatile int deadlyRequest = Integer.MAX_VALUE;
  private int kept;

  @BeforeEach
  void open() throws Exception {
    receiver = ScriptedServer.answering(this::answer);
  }

  @AfterEach
  void close() {
    receiver.close();
    Process running = victim;
    if (running != null) {
      running.toHandle().destroyForcibly();
    }
  }

  /** What has arrived is written down before this is asked. */
  private Answer answer(Request request) {
    Process running = victim;
    if (running != null && receiver.requests().size() - kept == deadlyRequest) {
      running.toHandle().destroyForcibly();
      return Answer.silence();
    }
    return Answer.of(204, "");
  }

  /** What arrived since the last call, as JSON with the endpoint. */
  private List<ObjectNode> arrived() throws IOException {
    List<ObjectNode> arrived = new ArrayList<>();
    List<Request> requests = receiver.requests();
    for (Request request : requests.subList(kept, requests.size())) {
      ObjectNode node = JSON.createObjectNode();
      node.put("to", request.target().getPath().substring(1));
      node.setAll((ObjectNode) JSON.readTree(request.body()));
      arrived.add(node);
    }
    kept = requests.size();
    return arrived;
  }

  /**
   * What each endpoint knows of each incident, in order; incidents of one time come in any. Only
   * what is marked as a possible repeat, or has an id that this receiver looks at, may come twice.
   */
  private static List<String> known(List<ObjectNode> arrived) {
    Map<String, List<String>> known = new TreeMap<>();
    Set<String> seen = new HashSet<>();
    for (ObjectNode node : arrived) {
      String to = node.get("to").asText();
      boolean mayRepeat = node.get("repeat").asBoolean() || to.equals("lead");
      boolean isNew = seen.add(to + node.get("id").asText());
      if (isNew || !mayRepeat) {
        known
            .computeIfAbsent(to + node.get("incident").asText(), i -> new ArrayList<>())
            .add(shown(node));
      }
    }
    return known.values().stream().map(Object::toString).sorted().toList();
  }

  /** A group has the id of whoever came first of what happened at one time. */
  private static String shown(ObjectNode node) {
    return node.deepCopy().without(List.of("id", "incident", "repeat")).toString();
  }

  private int run(Path data, DeathPoints points) throws Exception {
    new KillReplay(data, receiver.url("/"), points).run();
    return points.passed();
  }

  @Test
  void ledgerIsTheUndisturbedOneWhereverTheProcessIsKilled() throws Exception {
    int points = run(Files.createDirectory(folder.resolve("undisturbed")), DeathPoints.harmless());
    List<ObjectNode> undisturbed = arrived();
    assertThat(undisturbed).noneMatch(node -> node.get("repeat").asBoolean());
    List<String> expected = known(undisturbed);
    assertThat(golden(undisturbed)).isEqualTo(goldenLines());

    Random random = new Random(SEED);
    int deaths = 0;
    for (int run = 0; deaths < KILLS; run++) {
      assertThat(run).as("runs for %d deaths", deaths).isLessThan(2 * KILLS);
      int point = 1 + random.nextInt(points + undisturbed.size());
      Path data = Files.createDirectory(folder.resolve("run-" + run));
      boolean died =
          point <= points
              ? diesAt(data, point, Integer.MAX_VALUE)
              : diesAt(data, Integer.MAX_VALUE, point - points);
      if (died) {
        deaths++;
        var unused = run(data, DeathPoints.harmless());
      } // else threads took turns so that it did less than the first: it is undisturbed, too
      assertThat(known(arrived()))
          .as("killed at %d of %d points and %d requests", point, points, undisturbed.size())
          .isEqualTo(expected);
    }
  }

  /** As in the golden file: endpoint by endpoint, which do not wait for each other. */
  private static List<String> golden(List<ObjectNode> arrived) {
    return arrived.stream()
        .sorted(
            Comparator.comparing((ObjectNode node) -> node.get("to").asText())
                .thenComparing(node -> node.get("at").asText())
                .thenComparing(node -> node.get("check").asText())
                .thenComparing(node -> node.get("series").asText()))
        .map(KillTest::shown)
        .toList();
  }

  private static List<String> goldenLines() throws Exception {
    return Files.readAllLines(
        CasesTest.resource("/kill-replay").resolve("expected-notifications.jsonl"));
  }

  /** Whether the process came to the point, and died there. */
  private boolean diesAt(Path data, int point, int request) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KillReplay.class.getName(),
                data.toString(),
                receiver.url("/").toString(),
                Integer.toString(point))
            .redirectErrorStream(true)
            .start();
    deadlyRequest = request;
    victim = process;
    StringBuilder said = new StringBuilder();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.equals(DeathPoints.REACHED)) {
          process.toHandle().destroyForcibly();
        } else {
          said.append(line).append('\n');
        }
      }
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    victim = null;
    deadlyRequest = Integer.MAX_VALUE;
    assertThat(process.exitValue()).as(said.toString()).isIn(0, 137);
    return process.exitValue() == 137;
  }
}
