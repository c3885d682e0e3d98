package io.modelvane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class HeapGrowthTest {
  private final AtomicLong collections = new AtomicLong(40); // those of the start
  private final HeapGrowth growth = new HeapGrowth(collections::get);

  @Test
  void a_process_at_rest_stays_small() {
    for (int look = 0; look < 1_000; look++) {
      collections.addAndGet(look % 3);
      assertThat(growth.isThereWork()).isFalse();
    }
  }

  @Test
  void several_collections_in_a_short_time_are_work() {
    assertThat(growth.isThereWork()).isFalse();
    collections.addAndGet(3);
    assertThat(growth.isThereWork()).isTrue();
  }
}
