package io.modelvane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Outcome;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One notifier, without the rest of the engine. */
class NotifierTrialTest {
  @TempDir Path temp;

  private EngineRig engine;

  @BeforeEach
  void make() {
    engine = new EngineRig(temp);
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void aTrialStartsOneNotifierAndNothingElse() throws Exception {
    NotifierTrial trial = new NotifierTrial(engine.configuration(""), Clock.systemUTC());
    assertThat(trial.names()).containsExactly("n");
    assertThat(trial.deliver("n").outcome()).isEqualTo(Outcome.DONE);
    assertThat(engine.plugin.journal).containsExactly("start notifier n", "stop notifier n");
    assertThat(temp.resolve("data")).doesNotExist();

    engine.plugin.onStart.put(
        "notifier n",
        c -> {
          throw new ComponentException(Outcome.Kind.MISCONFIGURED, "no such channel");
        });
    Delivery refused = trial.deliver("n");
    assertThat(refused.outcome()).isEqualTo(new Outcome.Misconfigured("no such channel"));
    assertThat(refused.sent()).isFalse();
  }

  @Test
  @SuppressWarnings("NullAway") // what a careless plugin does
  void aNotifierThatAnswersNothingIsNamed() throws Exception {
    NotifierTrial trial = new NotifierTrial(engine.configuration(""), Clock.systemUTC());
    engine.plugin.delivery = () -> null;
    assertThat(trial.deliver("n").outcome().reason())
        .contains("notifier 'n' answered nothing: a defect of the plugin");
  }

  @Test
  void whatANotifierAnswersIsFitToBeKept() throws Exception {
    engine.plugin.delivery =
        () ->
            new Delivery(
                Outcome.Rejected.of("no\nforged hunter2hunter2" + "x".repeat(200_000)),
                OptionalInt.of(400),
                "a\u001b[2J",
                Map.of("k", "v"));
    NotifierTrial trial = new NotifierTrial(engine.configuration(""), Clock.systemUTC());
    Delivery delivery = trial.deliver("n");
    assertThat(delivery.outcome().kind()).isEqualTo(Outcome.Kind.REJECTED);
    assertThat(delivery.outcome().reason()).startsWith("no forged ****xxx").hasSize(1_000);
    assertThat(delivery.answer()).isEqualTo("a [2J");
    assertThat(delivery.statusCode()).hasValue(400);
    assertThat(delivery.receipt()).containsEntry("k", "v");
  }
}
