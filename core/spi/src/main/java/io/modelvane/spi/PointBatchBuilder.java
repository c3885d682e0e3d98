package io.modelvane.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link PointBatch}es, row by row. Used by one thread; used again for batch after batch.
 *
 * <p>The engine calls {@link #events} for each batch of events, then the decoder says {@link
 * #event} and either {@link #reject} or, per row, {@link #beginRow}, its fields, {@link #endRow}. A
 * field's name must not occur twice in a row. Two names that are one to the store are refused by an
 * {@link IllegalArgumentException}; a name that simply comes again is not looked for.
 */
public final class PointBatchBuilder {
  private static final int NO_EVENT = -1;
  private static final int SPARES = 4;
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;

  private final Deque<Columns> spares = new ArrayDeque<>();
  private Columns columns = new Columns();
  private List<EventBatch> sources = new ArrayList<>();
  private List<EventRejection> rejections = new ArrayList<>();
  private int base;
  private int ordinals;
  private int origin = NO_EVENT;
  private boolean renamed;

  /** Announces the events that the following rows come from; {@link #event} counts from here. */
  public void events(EventBatch events) {
    sources.add(events);
    base = ordinals;
    ordinals += events.size();
    origin = NO_EVENT;
  }

  /** Makes the rows of this builder belong to the same events as those of {@code in}. */
  public void eventsOf(PointBatch in) {
    in.sources().forEach(this::events);
    rejections.addAll(in.rejections());
  }

  /** The following rows come from event {@code index} of the batch announced last. */
  public void event(int index) {
    origin = base + index;
  }

  /** The following rows come from the same event as row {@code row} of {@code in}. */
  public void originOf(PointBatch in, int row) {
    origin = in.origin(row);
  }

  /** The current event cannot be decoded; what is wrong with it goes to its dead letter. */
  public void reject(String reason) {
    rejections.add(new EventRejection(origin, reason));
  }

  /** A rejection of a batch with the same events, taken over as it is. */
  public void reject(EventRejection rejection) {
    rejections.add(rejection);
  }

  /** The number of rows so far. */
  public int size() {
    return columns.rows;
  }

  /** The bytes of field text so far. */
  public int bytes() {
    return columns.bytes;
  }

  /** Begins a row. */
  public void beginRow() {
    renamed = false;
    columns.needRow();
    columns.firstField[columns.rows] = columns.fields;
    columns.textStart[columns.rows] = columns.bytes;
  }

  /** How many fields the row has so far. */
  public int rowFields() {
    return columns.fields - columns.firstField[columns.rows];
  }

  /** Whether the row has a field of that name already. */
  public boolean hasField(FieldKey key) {
    for (int f = columns.firstField[columns.rows]; f < columns.fields; f++) {
      if (columns.keys[f].equals(key)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Adds a float given as text, which is kept as it is.
   *
   * @param text a number in JSON's grammar, in the range of a double; not checked here
   */
  public void number(FieldKey key, byte[] text, int from, int to) {
    begin(key, FieldType.FLOAT, to - from);
    columns.put(text, from, to - from);
    end();
  }

  /**
   * Adds a float.
   *
   * @throws IllegalArgumentException for NaN and infinities, which InfluxDB cannot store
   */
  public void number(FieldKey key, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("field '" + key + "' is " + value);
    }
    byte[] text = Double.toString(value).getBytes(StandardCharsets.ISO_8859_1);
    number(key, text, 0, text.length);
  }

  /** Adds an integer. */
  public void integer(FieldKey key, long value) {
    begin(key, FieldType.INTEGER, 21);
    columns.bytes = Numbers.writeLong(value, columns.text, columns.bytes);
    end();
    columns.put('i');
  }

  /** Adds a truth value. */
  public void bool(FieldKey key, boolean value) {
    byte[] text = value ? TRUE : FALSE;
    begin(key, FieldType.BOOLEAN, text.length);
    columns.put(text, 0, text.length);
    end();
  }

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

  /** Adds a text. */
  public void string(FieldKey key, String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    string(key, text, 0, text.length);
  }

  /**
   * Adds a text given as UTF-8. Line protocol has no line ends inside a text: they become {@code
   * \n} and {@code \r} in two characters; other control characters become spaces.
   */
  public void string(FieldKey key, byte[] utf8, int from, int to) {
    begin(key, FieldType.STRING, 3 * (to - from) + 2);
    columns.put('"');
    columns.valueStart[columns.fields] = columns.bytes;
    int plain = endOfPlain(utf8, from, to);
    columns.put(utf8, from, plain - from);
    for (int i = plain; i < to; i++) {
      putEscaped(utf8[i]);
    }
    end();
    columns.put('"');
  }

  /** Where the first byte is that cannot stand in a text as it is; looked for eight at a time. */
  private static int endOfPlain(byte[] utf8, int from, int to) {
    int i = from;
    int last = to - Long.BYTES;
    while (i < last && arePlain((long) WORD.get(utf8, i))) {
      i += Long.BYTES;
    }
    if (i >= last && last >= from && arePlain((long) WORD.get(utf8, last))) {
      return to; // the last word may lie over the one before it
    }
    while (i < to && isPlain(utf8[i])) {
      i++;
    }
    return i;
  }

  /** A byte is marked by its highest bit: by subtraction when small, by exclusion when equal. */
  private static boolean arePlain(long word) {
    long quote = word ^ (ONES * '"');
    long backslash = word ^ (ONES * '\\');
    long delete = word ^ (ONES * 0x7f);
    long marked =
        ((word - ONES * ' ') & ~word)
            | ((quote - ONES) & ~quote)
            | ((backslash - ONES) & ~backslash)
            | ((delete - ONES) & ~delete);
    return (marked & HIGH) == 0;
  }

  private static boolean isPlain(byte b) {
    return b < 0 || (b >= ' ' && b != '"' && b != '\\' && b != 0x7f);
  }

  private void putEscaped(byte b) {
    if (b == '"' || b == '\\') {
      columns.put('\\');
    } else if (b == '\n' || b == '\r') {
      columns.put('\\');
      columns.put('\\');
      columns.put(b == '\n' ? 'n' : 'r');
      return;
    } else if ((b >= 0 && b < ' ') || b == 0x7f) {
      columns.put(' ');
      return;
    }
    columns.put(b);
  }

  private void begin(FieldKey key, FieldType type, int valueBytes) {
    if (renamed || key.isAltered()) {
      refuseTwin(key);
    }
    byte[] name = key.encoded();
    int comma = rowFields() == 0 ? 1 : 0;
    columns.needField();
    columns.needBytes(name.length + valueBytes + 1);
    columns.put(name, comma, name.length - comma);
    columns.begin(key, type);
  }

  /** From the first name on that the store knows by another, the others are looked at as well. */
  private void refuseTwin(FieldKey key) {
    renamed = true;
    if (hasField(key)) {
      throw new IllegalArgumentException("two fields of a row would be '" + key.stored() + "'");
    }
  }

  private void end() {
    columns.valueEnd[columns.fields++] = columns.bytes;
  }

  /**
   * Ends the row.
   *
   * @param timeNanos nanoseconds since 1970
   * @throws IllegalStateException when the row has no field
   */
  public void endRow(Series series, long timeNanos) {
    series(endRow(timeNanos), series);
  }

  /**
   * Ends the row, whose series is told by {@link #series} before the batch is built: whoever looks
   * up the series of several rows at once waits for memory less.
   *
   * @param timeNanos nanoseconds since 1970
   * @return the row, counted from 0
   * @throws IllegalStateException when the row has no field
   */
  public int endRow(long timeNanos) {
    if (rowFields() == 0) {
      throw new IllegalStateException("a row needs at least one field");
    }
    int row = columns.rows++;
    columns.series[row] = null;
    columns.times[row] = timeNanos;
    columns.origins[row] = origin;
    columns.firstField[columns.rows] = columns.fields;
    columns.textStart[columns.rows] = columns.bytes;
    return row;
  }

  /** Tells the series of a row that has ended. */
  public void series(int row, Series series) {
    columns.series[row] = series;
  }

  /** Forgets the row that was begun. */
  public void abandonRow() {
    columns.fields = columns.firstField[columns.rows];
    columns.bytes = columns.textStart[columns.rows];
  }

  /**
   * Forgets the events announced last, with their rejections and every row from {@code size} on.
   *
   * @param size how many rows there were before those events were announced
   */
  public void retract(int size) {
    columns.rows = size;
    abandonRow();
    rejections.removeIf(rejection -> rejection.origin() >= base);
    EventBatch last = sources.remove(sources.size() - 1);
    ordinals -= last.size();
    base = sources.isEmpty() ? 0 : ordinals - sources.get(sources.size() - 1).size();
    origin = NO_EVENT;
  }

  /** Adds a row of {@code in} as it is, with its origin. */
  public void copyRow(PointBatch in, int row) {
    originOf(in, row);
    beginRow();
    for (int field = in.firstField(row); field < in.endField(row); field++) {
      copyField(in, field);
    }
    endRow(in.series(row), in.time(row));
  }

  /** Adds a field of {@code in} to the current row as it is. */
  public void copyField(PointBatch in, int field) {
    copyField(in, field, in.fieldKey(field));
  }

  /** Adds a field of {@code in} to the current row under another name. */
  public void copyField(PointBatch in, int field, FieldKey key) {
    Columns from = in.columns();
    int start = from.valueStart[field];
    int length = from.valueEnd[field] - start;
    FieldType type = in.fieldType(field);
    begin(key, type, length + 2);
    if (type == FieldType.STRING) {
      columns.put('"');
      columns.valueStart[columns.fields] = columns.bytes;
    }
    columns.put(from.text, start, length);
    end();
    if (type == FieldType.STRING) {
      columns.put('"');
    } else if (type == FieldType.INTEGER) {
      columns.put('i');
    }
  }

  /** Adds a point that comes from no event. */
  public void add(Point point) {
    origin = NO_EVENT;
    beginRow();
    point.fields().forEach((name, value) -> addValue(FieldKey.of(name), value));
    Instant time = point.time();
    long nanos =
        Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    endRow(point.series(), nanos);
  }

  private void addValue(FieldKey key, Object value) {
    if (value instanceof Long number) {
      integer(key, number);
    } else if (value instanceof Double number) {
      number(key, number.doubleValue());
    } else if (value instanceof Boolean truth) {
      bool(key, truth);
    } else {
      string(key, (String) value);
    }
  }

  /**
   * Hands over what was collected and begins anew.
   *
   * @throws IllegalStateException when the series of a row was not told
   */
  public PointBatch build() {
    PointBatch batch = new PointBatch(columns, sources, rejections);
    @Nullable Columns spare = spares.poll();
    columns = spare == null ? new Columns() : spare;
    sources = new ArrayList<>();
    rejections = new ArrayList<>();
    ordinals = 0;
    base = 0;
    origin = NO_EVENT;
    return batch;
  }

  /** Takes back the arrays of a batch that nobody reads any more. */
  public void recycle(PointBatch batch) {
    if (spares.size() < SPARES) {
      batch.columns().clear();
      spares.push(batch.columns());
    }
  }
}
