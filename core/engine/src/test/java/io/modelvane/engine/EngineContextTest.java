package io.modelvane.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.spi.Notifier;
import io.modelvane.spi.NotifierRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a component gets from its context beyond what its options name. */
class EngineContextTest {
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
  void aSinkFindsAnyConfiguredNotifierAlreadyStarted() throws Exception {
    List<Optional<Notifier>> found = new CopyOnWriteArrayList<>();
    engine.plugin.onStart.put(
        "sink second", // its options name none
        context -> {
          assertThat(engine.plugin.journal).contains("start notifier n");
          assertThatThrownBy(() -> context.notifier(new NotifierRef("n")))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessage("sink 'second' does not name the notifier n");
          found.add(context.configuredNotifier("n"));
          found.add(context.configuredNotifier("first"));
        });
    engine.start();

    assertThat(found).hasSize(2);
    assertThat(found.get(0)).isPresent();
    assertThat(found.get(1)).isEmpty();
  }
}
