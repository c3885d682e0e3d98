package io.modelvane.alerting.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PastWindowsTest {
  @Test
  void eachWindowFindsTheOneItIsComparedWith() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      int reach = 1 + random.nextInt(8);
      PastWindows past = new PastWindows(reach, 0);
      Map<Long, Double> all = new HashMap<>();
      long window = random.nextInt(40) - 20L;
      for (int i = 0; i < 60; i++) {
        window += 1 + (random.nextInt(3) == 0 ? random.nextInt(12) : 0);
        double value = random.nextInt(100);
        all.put(window, value);
        if (random.nextInt(3) == 0) {
          past = again(past, reach, 0);
        }

        assertThat(past.exchange(window, value))
            .as("seed %d, window %d", seed, window)
            .isEqualTo(all.getOrDefault(window - reach, Double.NaN));
      }
    }
  }

  @Test
  void windowThatComesAgainFindsItToo() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      int reach = 1 + random.nextInt(8);
      int more = 1 + random.nextInt(6);
      PastWindows past = new PastWindows(reach, more);
      Map<Long, Double> all = new HashMap<>();
      long last = random.nextInt(40) - 20L;
      for (int i = 0; i < 80; i++) {
        long window =
            random.nextBoolean() ? last - random.nextInt(more) : last + 1 + random.nextInt(4);
        last = Math.max(last, window);
        double value = random.nextInt(100);
        all.put(window, value);
        past = random.nextInt(3) == 0 ? again(past, reach, more) : past;

        assertThat(past.exchange(window, value))
            .as("seed %d, window %d", seed, window)
            .isEqualTo(all.getOrDefault(window - reach, Double.NaN));
      }
    }
  }

  private static PastWindows again(PastWindows past, int reach, int more) {
    ByteWriter out = new ByteWriter();
    past.encode(out);
    PastWindows decoded = new PastWindows(reach, more);
    decoded.decode(new ByteReader(out.toBytes()));
    return decoded;
  }

  @Test
  void nothingIsLeftOnceCleared() {
    PastWindows past = new PastWindows(2, 0);
    past.exchange(5, 1);
    past.clear();

    assertThat(past.isEmpty()).isTrue();
    assertThat(past.exchange(7, 2)).isNaN();
  }
}
