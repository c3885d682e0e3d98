package io.modelvane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.engine.config.Configuration;
import io.modelvane.engine.config.ConfigurationLoader;
import io.modelvane.engine.config.Loaded;
import io.modelvane.engine.deadletter.KeptLetter;
import io.modelvane.engine.deadletter.LetterFile;
import io.modelvane.engine.deadletter.LetterFolder;
import io.modelvane.engine.plugin.PluginCatalogue;
import io.modelvane.spi.EventBatch;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.RowRejection;
import io.modelvane.spi.Split;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A running engine that keeps letters, and their replay. */
final class ReplayRig implements AutoCloseable {
  static final Split A = new Split("calls", 3);

  /** A whole second and no request id: what tells calls apart is where they stand. */
  static final String CALL = "{\"time\":\"2026-01-01T00:00:00\",\"x\":%s}";

  static final String BROKEN = "{\"time\":\"2026-01-01T00:00:00\",\"x\":";

  final FakePlugin plugin = new FakePlugin();
  final List<String> rejected = new ArrayList<>();
  private final Path temp;
  private @Nullable Modelvane running;

  ReplayRig(Path temp) {
    this.temp = temp;
  }

  @Override
  public void close() {
    if (running != null) {
      running.stop();
    }
  }

  Configuration configuration() throws IOException {
    return configuration("decode: algorithmia-insights");
  }

  @SuppressWarnings("NullAway") // it does not see that the lookup may answer null
  Configuration configuration(String decode) throws IOException {
    Path file = temp.resolve("modelvane.yaml");
    Files.writeString(
        file,
        """
        data: %s
        http: { port: 0 }
        stop_within: 2s
        sources: { in: { type: fake } }
        transforms: { t: { type: fake } }
        sinks:
          first: { type: fake, url: "http://h", token: hunter2hunter2 }
          second: { type: fake, url: "http://h" }
          watch: { type: fake, url: "http://h" }
        pipelines:
          p:
            source: in
            %s
            transforms: t
            sinks: [first, second]
            retry: { initial: 1ms, maximum: 1ms }
          q: { source: in, decode: algorithmia-insights, sinks: [watch] }
        """
            .formatted(temp.resolve("data"), decode));
    Loaded loaded =
        new ConfigurationLoader(PluginCatalogue.of(new EnginePlugin(), plugin), name -> null)
            .load(List.of(file));
    assertThat(loaded.problems()).isEmpty();
    return loaded.configuration().orElseThrow();
  }

  /** Runs, brings events to a pipeline until they are done, and stops. */
  void bring(String pipeline, EventBatch events) throws Exception {
    run(configuration());
    more(pipeline, events);
    close();
  }

  void run(Configuration configuration) throws Exception {
    plugin.exclusive.add("watch");
    running = Modelvane.start(configuration, Clock.systemUTC());
  }

  void more(String pipeline, EventBatch events) {
    Objects.requireNonNull(plugin.events.get(pipeline)).add(events);
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(plugin.acknowledged)
                    .hasEntrySatisfying(
                        pipeline,
                        offsets ->
                            assertThat(offsets)
                                .containsEntry(events.split(), events.nextOffset())));
  }

  Outcome rejectAll(PointBatch batch, String reason) {
    List<RowRejection> rows = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      rejected.add(batch.line(row));
      rows.add(new RowRejection(row, reason));
    }
    return rows.isEmpty() ? Outcome.DONE : new Outcome.Rejected(rows);
  }

  ReplayResult replay(Configuration configuration, Predicate<KeptLetter> which) throws Exception {
    LetterFolder folder =
        LetterReplay.folder(configuration.engine(), configuration.deadLetters()).orElseThrow();
    return LetterReplay.run(
        configuration,
        new LetterReplay.Request(folder, which, Duration.ofMillis(300)),
        Clock.systemUTC());
  }

  ReplayResult replay() throws Exception {
    return replay(configuration(), letter -> true);
  }

  List<KeptLetter> letters() throws Exception {
    List<KeptLetter> letters = new ArrayList<>();
    for (LetterFile file : new LetterFolder(temp.resolve("data/dead-letters")).files()) {
      file.read(letters::add);
    }
    return letters;
  }

  List<String> open() throws Exception {
    return letters().stream()
        .filter(letter -> !letter.replayed())
        .map(letter -> letter.letter().stage() + " " + letter.letter().reason())
        .toList();
  }

  List<String> linesOf(String sink) {
    return plugin.linesOf.getOrDefault(sink, List.of());
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  void rewrite(String before, String after) throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve("data/dead-letters"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.writeString(file, Files.readString(file).replace(before, after));
      }
    }
  }
}
