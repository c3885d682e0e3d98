package io.modelvane.influx;

import io.modelvane.spi.FieldKey;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.PointBatchBuilder;
import io.modelvane.spi.Series;
import io.modelvane.spi.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Points whose names and texts are as bad as JSON allows, and what must be read back. */
final class HostileNames {
  private static final String[] PIECES = {
    "a", "B9", " ", ",", "=", "\"", "'", "\\", "\\\\", "\\n", "\n", "\r", "\t", "\u0000", "\u007f",
    "#", "é", "漢", "😀", "\ud800", "\udc00", "{", "}", ":", ";", "/", "%s", "${x}", "<b>", "\u2028"
  };

  private final Random random;

  HostileNames(long seed) {
    random = new Random(seed);
  }

  String text(int most) {
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(most); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  /** A batch, and for each row the line that a reader must see. */
  record Sample(PointBatch batch, List<Line> expected) {}

  Sample sample(int rows) {
    PointBatchBuilder builder = new PointBatchBuilder();
    List<Line> expected = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      Map<String, String> tags = new LinkedHashMap<>();
      for (int t = random.nextInt(4); t > 0; t--) {
        tags.put(t + text(5), text(5)); // the number keeps them apart in what line protocol carries
      }
      String measurement = text(6);
      Series series =
          Series.of(
              measurement,
              tags.entrySet().stream().map(e -> new Tag(e.getKey(), e.getValue())).toList());
      Map<String, String> fields = new LinkedHashMap<>();
      builder.beginRow();
      for (int f = 1 + random.nextInt(3); f > 0; f--) {
        addField(builder, fields, f);
      }
      long time = 1_795_000_000_000_000_000L + i;
      builder.endRow(series, time);
      expected.add(new Line(measurement(measurement), names(tags), fields, String.valueOf(time)));
    }
    return new Sample(builder.build(), expected);
  }

  private void addField(PointBatchBuilder builder, Map<String, String> fields, int number) {
    String name = number + text(5);
    FieldKey key = FieldKey.of(name);
    switch (random.nextInt(3)) {
      case 0 -> {
        double value = random.nextGaussian() * 1e9;
        builder.number(key, value);
        fields.put(carried(name), Double.toString(value));
      }
      case 1 -> {
        long value = random.nextLong();
        builder.integer(key, value);
        fields.put(carried(name), value + "i");
      }
      default -> {
        String value = text(8);
        builder.string(key, value);
        fields.put(carried(name), '"' + carriedText(value) + '"');
      }
    }
  }

  private static Map<String, String> names(Map<String, String> tags) {
    Map<String, String> carried = new LinkedHashMap<>();
    tags.forEach((key, value) -> carried.put(carried(key), carried(value)));
    return carried;
  }

  private static String measurement(String name) {
    return carried(name.startsWith("#") ? "_" + name : name);
  }

  /** What of a name line protocol can carry, as the javadoc of Series.head says. */
  static String carried(String name) {
    String printable = whole(name, 0xfffd).replaceAll("[\\x00-\\x1f\\x7f]", " ");
    return printable.replaceAll("\\\\(?=[,= ]|\\z)", "/");
  }

  private static String carriedText(String text) {
    return whole(text, '?')
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replaceAll("[\\x00-\\x1f\\x7f]", " ");
  }

  /** Without halves of characters: UTF-8 has none. */
  private static String whole(String text, int instead) {
    StringBuilder out = new StringBuilder();
    text.codePoints().forEach(c -> out.appendCodePoint(c >= 0xd800 && c <= 0xdfff ? instead : c));
    return out.toString();
  }
}
