package io.modelvane.engine.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.spi.FieldKey;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.PointBatchBuilder;
import io.modelvane.spi.Series;
import io.modelvane.spi.Tag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeriesLookupTest {
  private static final List<String> TAGS = List.of("name", "owner");

  private final SeriesLookup lookup = new SeriesLookup(new SeriesCache(TAGS), "calls", TAGS);

  /** The values of the tags of one row; none is the empty text. */
  private record Values(String name, String owner) {
    byte[] message() {
      return ("{" + name + "}" + owner).getBytes(StandardCharsets.US_ASCII);
    }

    Series series() {
      List<Tag> tags = new ArrayList<>();
      if (!name.isEmpty()) {
        tags.add(new Tag("name", name));
      }
      if (!owner.isEmpty()) {
        tags.add(new Tag("owner", owner));
      }
      return Series.of("calls", tags);
    }
  }

  private void collect(Values values) throws Rejection {
    lookup.clear();
    int end = values.name.length() + 1;
    if (!values.name.isEmpty()) {
      lookup.tag(0, 1, end);
    }
    if (!values.owner.isEmpty()) {
      lookup.tag(1, end + 1, values.message().length);
    }
    lookup.check(values.message());
  }

  /** The series of rows that are decoded together. */
  private List<Series> find(List<Values> rows) throws Rejection {
    PointBatchBuilder out = new PointBatchBuilder();
    lookup.forget();
    for (Values values : rows) {
      collect(values);
      out.beginRow();
      out.integer(FieldKey.of("calls"), 1);
      lookup.add(values.message(), out.endRow(0), out);
    }
    lookup.settle(out);
    PointBatch batch = out.build();
    return IntStream.range(0, batch.size()).mapToObj(batch::series).toList();
  }

  /** The same, when they are those of the values. */
  private List<Series> findThoseOf(List<Values> rows) throws Rejection {
    List<Series> found = find(rows);
    assertThat(found).isEqualTo(rows.stream().map(Values::series).toList());
    return found;
  }

  private static List<Values> models(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> new Values("model-" + i, "team-" + i % 7))
        .toList();
  }

  @Test
  void findsEachOfManySeriesAgainAsTheSameObject() throws Rejection {
    List<Values> models = models(0, 1_000);
    List<Series> met = findThoseOf(models);
    List<Series> again = find(models);
    for (int i = 0; i < met.size(); i++) {
      assertThat(again.get(i)).isSameAs(met.get(i));
    }
  }

  @Test
  void givesRowsOfOneNewSeriesTheSameObject() throws Rejection {
    List<Series> twice =
        find(List.of(new Values("a", "b"), new Values("", ""), new Values("a", "b")));
    assertThat(twice.get(2)).isSameAs(twice.get(0));
  }

  @Test
  void tellsValuesApartThatReadTheSameOneAfterTheOther() throws Rejection {
    List<Values> alike =
        List.of(
            new Values("ab", "c"),
            new Values("a", "bc"),
            new Values("abc", ""),
            new Values("", "abc"),
            new Values("", ""));
    for (int round = 0; round < 2; round++) {
      var unused = findThoseOf(alike);
    }
  }

  @Test
  void withTooManyTheFirstOnesStayAndOthersAreRightToo() throws Rejection {
    List<Values> many = models(0, 100_100);
    List<Series> met = findThoseOf(many);
    List<Series> again = find(many);
    assertThat(again).isEqualTo(met);
    assertThat(again.get(59_999)).isSameAs(met.get(59_999));
    assertThat(again.get(60_000)).isNotSameAs(met.get(60_000));
  }

  @Test
  void beginsAnewWithOthersWhenVeryManyHaveCome() throws Rejection {
    List<Values> first = models(0, 60_000);
    List<Series> met = find(first);
    for (int i = 0; i < 4; i++) {
      var unused = find(models(60_000, 121_000));
    }
    Values late = new Values("late", "x");
    assertThat(find(List.of(late)).get(0)).isSameAs(find(List.of(late)).get(0));
    assertThat(find(first)).isEqualTo(met);
  }

  @Test
  void valuesAreRefusedWhenNoSeriesIsSoLong() throws Rejection {
    Values longest = new Values("n".repeat(Series.MAX_HEAD_BYTES - "calls,name=".length()), "");
    var unused = findThoseOf(List.of(longest));
    Values longer = new Values(longest.name + "n", "");
    assertThatThrownBy(() -> collect(longer))
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("65535");
  }

  @Test
  void rowsOfAnotherBatchAreForgotten() throws Rejection {
    collect(new Values("lost", ""));
    lookup.add(new Values("lost", "").message(), 0, new PointBatchBuilder());
    var unused = findThoseOf(List.of(new Values("kept", "")));
  }
}
