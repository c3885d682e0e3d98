package io.modelvane.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatusWatchTest {
  private final StatusWatch watch = new StatusWatch();

  @Test
  void onlyChangesAreNews() {
    assertThat(watch.compare(List.of(List.of("silence", "a", "ok")))).isEmpty();

    assertThat(watch.compare(List.of(List.of("silence", "a", "crit"))))
        .containsExactly(new StatusWatch.Change("silence", "a", "ok", "crit"));
    assertThat(watch.compare(List.of(List.of("silence", "a", "crit")))).isEmpty();
  }

  @Test
  void whatIsFirstSeenInTroubleWasOkBefore() {
    assertThat(watch.compare(List.of(List.of("risk", "a", "warn"))))
        .containsExactly(new StatusWatch.Change("risk", "a", "ok", "warn"));
  }

  @Test
  void troublesAreThoseThatAreNotOkNow() {
    watch.compare(
        List.of(
            List.of("silence", "b", "crit"),
            List.of("risk", "a", "warn"),
            List.of("x", "c", "ok")));
    watch.compare(List.of(List.of("silence", "b", "ok")));

    assertThat(watch.troubles()).containsExactly("risk a warn");
  }
}
