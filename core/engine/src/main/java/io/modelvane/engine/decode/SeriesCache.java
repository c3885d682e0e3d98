package io.modelvane.engine.decode;

import io.modelvane.spi.Series;
import io.modelvane.spi.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The series met so far, found by the values of their tags without making a key object. */
final class SeriesCache {
  /** So many are kept. */
  static final int MOST = 60_000;

  /** When so many others have come, those that are kept are taken to be of the past. */
  static final int MOST_STRANGERS = 4 * MOST;

  private static final int MOST_CHARACTERS = 8 << 20;

  private final List<String> names;
  private final Key probe;
  private final Map<Key, Series> known = new HashMap<>();
  private int characters;
  private int strangers;

  SeriesCache(List<String> names) {
    this.names = List.copyOf(names);
    this.probe = new Key(new String[names.size() + 1]);
  }

  /** Starts to collect a row's values. */
  void clear() {
    Arrays.fill(probe.values, "");
  }

  void tag(int index, String value) {
    probe.values[index] = value;
  }

  /** The series of the values collected. */
  Series series(String measurement) throws Rejection {
    probe.values[names.size()] = measurement;
    Series series = known.get(probe);
    if (series == null) {
      series = make(measurement);
      keep(series);
    }
    return series;
  }

  /** With too many, those that are here stay until very many others have come. */
  private void keep(Series series) {
    int length = probe.length();
    if (known.size() >= MOST || characters + length > MOST_CHARACTERS) {
      if (++strangers < MOST_STRANGERS) {
        return; // series are equal by content, only speed is lost
      }
      known.clear();
      characters = 0;
      strangers = 0;
    }
    characters += length;
    known.put(new Key(probe.values.clone()), series);
  }

  int size() {
    return known.size();
  }

  private Series make(String measurement) throws Rejection {
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (!probe.values[i].isEmpty()) {
        tags.add(new Tag(names.get(i), probe.values[i]));
      }
    }
    try {
      return Series.of(measurement, tags);
    } catch (IllegalArgumentException refused) {
      throw new Rejection(String.valueOf(refused.getMessage()));
    }
  }

  private static final class Key {
    private final String[] values;

    Key(String[] values) {
      this.values = values;
    }

    private int length() {
      int length = 0;
      for (String value : values) {
        length += value.length();
      }
      return length;
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && Arrays.equals(values, key.values);
    }
  }
}
