package io.modelvane.alerting.silence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.alerting.outbox.Story;
import io.modelvane.alerting.sql.Schema;
import io.modelvane.engine.state.StateDatabase;
import io.modelvane.spi.Incident;
import io.modelvane.spi.Level;
import io.modelvane.testkit.TestClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SilencesTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path folder;
  private final TestClock clock = TestClock.at(NOON);
  private final List<String> heard = new ArrayList<>();
  private StateDatabase database;
  private Silences silences;

  private final class Hearing implements Silences.Consequences {
    @Override
    public void made(Connection connection, Silence silence, Instant now) {
      heard.add("made " + silence.id());
    }

    @Override
    public void ended(Connection connection, Silence silence, Instant now) {
      heard.add("ended " + silence.id());
    }

    @Override
    public void committed() {
      heard.add("committed");
    }
  }

  @BeforeEach
  void open() throws Exception {
    database = new StateDatabase(folder.resolve("state.db"));
    silences = opened();
  }

  private Silences opened() throws Exception {
    var store = database.store("sink_alerting");
    Silences opened = new Silences(store, clock, new Hearing());
    new Schema(store).migrate("silences", opened.steps());
    return opened;
  }

  @AfterEach
  void close() throws Exception {
    database.close();
  }

  private static Silence.Draft draft(Instant starts, Instant ends, Map<String, String> matchers) {
    return new Silence.Draft(Matchers.parse(matchers), starts, ends, " ada ", "retraining");
  }

  private Silence created(Duration from, Duration to) throws Exception {
    return silences.create(draft(NOON.plus(from), NOON.plus(to), Map.of("model", "credit")));
  }

  private static Incident incident(String model) {
    return new Story(model).to(Level.CRIT, NOON).incident();
  }

  @Test
  void whatWasMadeIsThereAfterARestart() throws Exception {
    Silence made = created(Duration.ZERO, HOUR);
    assertThat(opened().list()).containsExactly(made);
    assertThat(opened().find(made.id())).contains(made);
    assertThat(made.draft().author()).isEqualTo("ada");
    assertThat(made.created()).isEqualTo(NOON);
    assertThat(heard).containsExactly("made " + made.id(), "committed");
  }

  @Test
  void itCoversFromItsStartUntilBeforeItsEnd() throws Exception {
    Silence silence = created(HOUR, HOUR.multipliedBy(2));
    assertThat(silence.state(NOON)).isEqualTo(Silence.State.PENDING);
    assertThat(silence.covers(incident("credit"), NOON)).isFalse();
    assertThat(silence.covers(incident("credit"), NOON.plus(HOUR))).isTrue();
    assertThat(silence.covers(incident("fraud"), NOON.plus(HOUR))).isFalse();
    assertThat(silence.covers(incident("credit"), NOON.plus(HOUR.multipliedBy(2)))).isFalse();
  }

  @Test
  void itCanBeEndedBeforeItsTime() throws Exception {
    Silence silence = created(Duration.ZERO, HOUR);
    clock.advance(Duration.ofMinutes(5));
    Silence over = silences.end(silence.id(), "bob").orElseThrow();
    assertThat(over.ended()).contains(new Silence.Ending(NOON.plusSeconds(300), "bob"));
    assertThat(over.covers(incident("credit"), clock.instant())).isFalse();
    assertThat(silences.list()).containsExactly(over);
    clock.advance(Duration.ofMinutes(5));
    assertThat(silences.end(silence.id(), "eve")).contains(over);
    assertThat(heard).filteredOn(("ended " + silence.id())::equals).hasSize(1);
  }

  @Test
  void endingWhatIsNotThereSaysSo() throws Exception {
    assertThat(silences.end("nothing", "bob")).isEmpty();
  }

  @Test
  void theLastMadeIsListedFirst() throws Exception {
    Silence first = created(Duration.ZERO, HOUR);
    clock.advance(Duration.ofSeconds(1));
    Silence second = created(Duration.ZERO, HOUR.multipliedBy(3));
    assertThat(silences.list()).containsExactly(second, first);
    List<Silence> lasting =
        database.store("sink_alerting").read(c -> silences.lasting(c, NOON.plus(HOUR)));
    assertThat(lasting).containsExactly(second);
  }

  @Test
  void whatIsLongOverIsForgotten() throws Exception {
    created(Duration.ZERO, HOUR);
    Silence lasting = created(Duration.ZERO, HOUR.multipliedBy(2));
    int gone =
        database
            .store("sink_alerting")
            .transact(c -> silences.forget(c, NOON.plus(HOUR).plusMillis(1)));
    assertThat(gone).isEqualTo(1);
    assertThat(silences.list()).containsExactly(lasting);
  }

  @Test
  void demandsAreOnTagsAndOnTheCheck() {
    Matchers both = Matchers.parse(Map.of("check", "=~ ris.*", "model", "!= fraud", "team", ""));
    assertThat(both.test(incident("credit"))).isTrue();
    assertThat(both.test(incident("fraud"))).isFalse();
    assertThat(Matchers.parse(Map.of("check", "other")).test(incident("credit"))).isFalse();
    assertThat(Matchers.parse(both.texts()).texts()).isEqualTo(both.texts());
  }

  @Test
  void nonsenseIsRefusedWithWordsForTheUser() {
    assertThatThrownBy(() -> Matchers.parse(Map.of())).hasMessageContaining("at least one tag");
    assertThatThrownBy(() -> Matchers.parse(Map.of("", "x")))
        .hasMessageContaining("without a name");
    assertThatThrownBy(() -> Matchers.parse(Map.of("model", "=~ (")))
        .hasMessageStartingWith("model: '(' is not a regular expression");
    assertThatThrownBy(() -> draft(NOON, NOON, Map.of("a", "b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ends before it starts");
    assertThatThrownBy(
            () ->
                new Silence.Draft(
                    Matchers.parse(Map.of("a", "b")), NOON, NOON.plus(HOUR), " ", "why"))
        .hasMessageContaining("author is missing");
    assertThatThrownBy(
            () ->
                new Silence.Draft(
                    Matchers.parse(Map.of("a", "b")), NOON, NOON.plus(HOUR), "x".repeat(2001), ""))
        .hasMessageContaining("author is longer than 2000");
    assertThatThrownBy(() -> created(HOUR.negated(), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("over already");
    assertThatThrownBy(() -> silences.end("id", " ")).hasMessageContaining("say who");
  }
}
