package io.modelvane.spi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Points as rows: a series, a time and its field values each. Made by a {@link PointBatchBuilder}.
 *
 * <p>Fields of all rows stand in one sequence; row {@code r} owns {@code firstField(r)} (inclusive)
 * to {@code endField(r)} (exclusive). Numbers keep the text they came with until {@link #number} is
 * asked. Every row knows the event it came from; several rows may come from one event, and some
 * events yield none.
 *
 * <p>Immutable while in use, and not kept after its write has completed: the arrays are used again.
 */
public final class PointBatch {
  private final Columns columns;
  private final List<EventBatch> sources;
  private final int[] bases;
  private int recent; // whichever thread's: any value that it ever has is a place to begin at
  private final List<EventRejection> rejections;

  PointBatch(Columns columns, List<EventBatch> sources, List<EventRejection> rejections) {
    columns.hashSeries();
    this.columns = columns;
    this.sources = List.copyOf(sources);
    this.rejections = List.copyOf(rejections);
    this.bases = new int[sources.size()];
    int base = 0;
    for (int i = 0; i < bases.length; i++) {
      bases[i] = base;
      base += sources.get(i).size();
    }
  }

  /** A batch of points that come from no event, such as statuses. */
  public static PointBatch of(List<Point> points) {
    PointBatchBuilder builder = new PointBatchBuilder();
    points.forEach(builder::add);
    return builder.build();
  }

  /** The number of rows. */
  public int size() {
    return columns.rows;
  }

  /** The series of a row. */
  public Series series(int row) {
    return columns.series(row);
  }

  /** The hash code of a row's series, kept so that the series itself need not be fetched. */
  public int seriesHash(int row) {
    return columns.seriesHashes[row];
  }

  /** The time of a row in nanoseconds since 1970. */
  public long time(int row) {
    return columns.times[row];
  }

  /** The first field of a row. */
  public int firstField(int row) {
    return columns.firstField[row];
  }

  /** The index after the last field of a row. */
  public int endField(int row) {
    return columns.firstField[row + 1];
  }

  /** The field of that name in a row, or -1. */
  public int field(int row, FieldKey key) {
    for (int f = firstField(row), end = endField(row); f < end; f++) {
      if (columns.keys[f].equals(key)) {
        return f;
      }
    }
    return -1;
  }

  /** The name of a field. */
  public FieldKey fieldKey(int field) {
    return columns.keys[field];
  }

  /** The type of a field. */
  public FieldType fieldType(int field) {
    return columns.types[field];
  }

  /** A field as a number: true is 1, false is 0, text is NaN. */
  public double number(int field) {
    return switch (fieldType(field)) {
      case FLOAT, INTEGER ->
          Numbers.parse(columns.text, columns.valueStart[field], columns.valueEnd[field]);
      case BOOLEAN -> columns.text[columns.valueStart[field]] == 't' ? 1 : 0;
      case STRING -> Double.NaN;
    };
  }

  /** A field's value as text: a number as it came, a string without quotes and escapes. */
  public String text(int field) {
    int from = columns.valueStart[field];
    int length = columns.valueEnd[field] - from;
    String text = new String(columns.text, from, length, StandardCharsets.UTF_8);
    return fieldType(field) == FieldType.STRING ? unescape(text) : text;
  }

  private static String unescape(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(c == '\\' && i + 1 < text.length() ? text.charAt(++i) : c);
    }
    return out.toString();
  }

  /** The event a row came from, for {@link #event}; -1 for points that come from none. */
  public int origin(int row) {
    return columns.origins[row];
  }

  /** The split of an origin. */
  public Split split(int origin) {
    return sources.get(source(origin)).split();
  }

  /** The offset of an origin in its split. */
  public long offset(int origin) {
    int source = source(origin);
    return sources.get(source).offset(origin - bases[source]);
  }

  /** The event of an origin. */
  public Event event(int origin) {
    int source = source(origin);
    return sources.get(source).event(origin - bases[source]);
  }

  /** Rows are mostly asked for one after the other: it begins where somebody was last. */
  private int source(int origin) {
    int source = recent;
    while (bases[source] > origin) {
      source--;
    }
    while (source + 1 < bases.length && bases[source + 1] <= origin) {
      source++;
    }
    recent = source;
    return source;
  }

  /** The batches of events this was made from, in order; origins count through all of them. */
  public List<EventBatch> sources() {
    return sources;
  }

  /** Where reading goes on in each split once this batch is done, events without rows included. */
  public Map<Split, Long> nextOffsets() {
    Map<Split, Long> offsets = new LinkedHashMap<>();
    for (EventBatch source : sources) {
      offsets.merge(source.split(), source.nextOffset(), Math::max);
    }
    return offsets;
  }

  /** The events that could not be decoded. */
  public List<EventRejection> rejections() {
    return rejections;
  }

  /** An upper bound for the bytes of a row in line protocol, its newline included. */
  public int lineLength(int row) {
    return columns.series(row).headLength() + fieldBytes(row) + 23;
  }

  private int fieldBytes(int row) {
    return columns.textStart[row + 1] - columns.textStart[row];
  }

  /**
   * Writes a row as a line of InfluxDB's line protocol, time in nanoseconds, newline at the end.
   *
   * @param target with room for {@link #lineLength} bytes from {@code at}
   * @return the index after the newline
   */
  public int writeLine(int row, byte[] target, int at) {
    int next = columns.series(row).copyHead(target, at);
    target[next++] = ' ';
    System.arraycopy(columns.text, columns.textStart[row], target, next, fieldBytes(row));
    next += fieldBytes(row);
    target[next++] = ' ';
    next = Numbers.writeLong(columns.times[row], target, next);
    target[next++] = '\n';
    return next;
  }

  /** A row in line protocol, without a newline. */
  public String line(int row) {
    byte[] bytes = new byte[lineLength(row)];
    return new String(bytes, 0, writeLine(row, bytes, 0) - 1, StandardCharsets.UTF_8);
  }

  /** All rows in line protocol; for tests and messages. */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>(size());
    for (int row = 0; row < size(); row++) {
      lines.add(line(row));
    }
    return String.join("\n", lines);
  }

  Columns columns() {
    return columns;
  }
}
