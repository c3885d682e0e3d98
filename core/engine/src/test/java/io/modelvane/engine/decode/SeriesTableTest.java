package io.modelvane.engine.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.Series;
import io.modelvane.spi.Tag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTableTest {
  private final SeriesTable table =
      new SeriesTable(new SeriesCache(List.of("name", "owner")), "calls", 2);

  private Series find(String name, String owner) throws Rejection {
    table.clear();
    byte[] message = ("{" + name + "}" + owner).getBytes(StandardCharsets.US_ASCII);
    int end = name.length() + 1;
    if (!name.isEmpty()) {
      table.tag(0, 1, end);
    }
    if (!owner.isEmpty()) {
      table.tag(1, end + 1, message.length);
    }
    return table.series(message);
  }

  private static Series of(Tag... tags) {
    return Series.of("calls", List.of(tags));
  }

  @Test
  void findsEachOfManySeriesAgainAsTheSameObject() throws Rejection {
    List<Series> met = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      met.add(find("model-" + i, "team-" + i % 7));
    }
    for (int i = 0; i < 1_000; i++) {
      assertThat(find("model-" + i, "team-" + i % 7)).isSameAs(met.get(i));
      assertThat(met.get(i))
          .isEqualTo(of(new Tag("name", "model-" + i), new Tag("owner", "team-" + i % 7)));
    }
  }

  @Test
  void tellsValuesApartThatReadTheSameOneAfterTheOther() throws Rejection {
    for (int round = 0; round < 2; round++) {
      assertThat(find("ab", "c")).isEqualTo(of(new Tag("name", "ab"), new Tag("owner", "c")));
      assertThat(find("a", "bc")).isEqualTo(of(new Tag("name", "a"), new Tag("owner", "bc")));
      assertThat(find("abc", "")).isEqualTo(of(new Tag("name", "abc")));
      assertThat(find("", "abc")).isEqualTo(of(new Tag("owner", "abc")));
      assertThat(find("", "")).isEqualTo(of());
    }
  }

  @Test
  void startsAnewWhenThereAreTooManyAndStillFindsEach() throws Rejection {
    for (int i = 0; i < 100_100; i++) {
      var unused = find("model-" + i, "x");
    }
    assertThat(find("model-0", "x"))
        .isEqualTo(of(new Tag("name", "model-0"), new Tag("owner", "x")));
    assertThat(find("model-100099", "x"))
        .isEqualTo(of(new Tag("name", "model-100099"), new Tag("owner", "x")));
  }
}
