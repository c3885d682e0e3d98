package io.modelvane.engine.decode;

import io.modelvane.spi.EventBatch;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.PointBatchBuilder;
import io.modelvane.spi.Split;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects the values of one point and writes its row. Used by one thread, for row after row. */
final class RowAssembler {
  private static final int LONGEST_NUMBER = 400; // a double needs 24
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");
  private static final Pattern LENIENT =
      Pattern.compile("[+-]?(?:\\d++\\.?+\\d*+|\\.\\d++)(?:[eE][+-]?\\d++)?+");
  private static final Pattern NOT_FINITE =
      Pattern.compile("[+-]?(?:nan|inf|infinity)", Pattern.CASE_INSENSITIVE);

  private final JsonOptions options;
  private final Slots slots;
  private final SeriesCache series;
  private final Drops drops;
  private final List<Optional<Selector>> tagSelectors = new ArrayList<>();
  private final Optional<Selector> measurement;
  private final Optional<String> measurementPath;
  private byte[] digits = new byte[64];
  private long rows;

  private @Nullable PointBatchBuilder out;
  private String measured = "";
  private final @Nullable String[] times;
  private long identity;
  private boolean identified;
  private @Nullable Split split;
  private long splitHash;
  private boolean altered;

  RowAssembler(JsonOptions options, Drops drops) {
    this.options = options;
    this.slots = new Slots(options);
    this.times = new String[options.time().size()];
    this.series = new SeriesCache(options.tags().stream().map(TagRule::name).toList());
    this.drops = drops;
    options.tags().forEach(t -> tagSelectors.add(Selector.of(t.from(), options.topicPattern())));
    String from = options.measurement();
    this.measurementPath =
        from.startsWith(JsonOptions.VALUE)
            ? Optional.of(from.substring(JsonOptions.VALUE.length()))
            : Optional.empty();
    this.measurement =
        from.startsWith("$") ? Selector.of(from, options.topicPattern()) : Optional.empty();
  }

  Slots slots() {
    return slots;
  }

  SeriesCache series() {
    return series;
  }

  /** Begins a row of which everything is in the message, and its series is found elsewhere. */
  void begin(PointBatchBuilder builder) {
    out = builder;
    rows++;
    identified = false;
    altered = false;
    slots.begin();
    builder.beginRow();
  }

  void begin(EventBatch events, int index, PointBatchBuilder builder) {
    begin(builder);
    forgetTimes();
    series.clear();
    measured = measurementPath.isPresent() ? "" : options.measurement();
    if (measurement.isPresent() && measurementPath.isEmpty()) {
      measured = measurement.get().select(events, index);
    }
    for (int tag = 0; tag < tagSelectors.size(); tag++) {
      Optional<Selector> selector = tagSelectors.get(tag);
      if (selector.isPresent()) {
        series.tag(tag, selector.get().select(events, index));
      }
    }
  }

  private PointBatchBuilder out() {
    return java.util.Objects.requireNonNull(out);
  }

  /** The slot of a key, met in this row for the first time. */
  Slot slot(String path) throws Rejection {
    Slot slot = slots.of(path);
    if (slot.seen == rows) {
      throw new Rejection("the key '" + EventTime.shortened(path) + "' occurs twice");
    }
    slot.seen = rows;
    return slot;
  }

  private void remember(Slot slot, String text) {
    if (slot.tag >= 0) {
      series.tag(slot.tag, text);
    }
    if (slot.time >= 0) {
      times[slot.time] = text;
    }
    if (slot.identity && !text.isBlank()) {
      identify(Identity.hash(text));
    }
    if (measurementPath.isPresent() && measurementPath.get().equals(slot.path)) {
      measured = text;
    }
  }

  /** The row's identity, as the hash of its value. */
  void identify(long hash) {
    identity = hash;
    identified = true;
  }

  /** The field that a key becomes, or null when it becomes none. */
  @Nullable FieldKey field(Slot slot) throws Rejection {
    altered |= slot.altered;
    if (slot.reserved) {
      drops.drop(Drops.Cause.RESERVED, slot.path);
    } else if ((slot.renamed || altered) && slot.field != null && out().hasField(slot.field)) {
      throw new Rejection(
          "two keys give the field '%s'; see 'rename'"
              .formatted(EventTime.shortened(slot.field.stored())));
    }
    return slot.field;
  }

  /** A number in JSON's grammar, in an array of characters. */
  void number(Slot slot, char[] text, int from, int length) throws Rejection {
    if (!slot.isPlain() || measurementPath.isPresent()) {
      remember(slot, new String(text, from, length));
    }
    FieldKey key = field(slot);
    if (key == null) {
      return;
    }
    if (slot.use == Slot.Use.STRING) {
      out().string(key, new String(text, from, length));
    } else if (slot.use == Slot.Use.INTEGER) {
      integer(slot, key, new String(text, from, length));
    } else {
      decimal(slot, key, text, from, length);
    }
  }

  private void decimal(Slot slot, FieldKey key, char[] text, int from, int length) {
    if (length > digits.length) {
      digits = new byte[length * 2];
    }
    boolean exponent = length > 300;
    for (int i = 0; i < length; i++) {
      char c = text[from + i];
      exponent |= c == 'e' || c == 'E';
      digits[i] = (byte) c;
    }
    if (exponent && !Double.isFinite(Double.parseDouble(new String(text, from, length)))) {
      drops.drop(Drops.Cause.NOT_FINITE, slot.path);
    } else {
      out().number(key, digits, 0, length);
    }
  }

  private void integer(Slot slot, FieldKey key, String text) throws Rejection {
    try {
      out().integer(key, Long.parseLong(text));
    } catch (NumberFormatException notOne) {
      throw new Rejection(
          "'%s' is %s, which is no 64-bit integer; take it off 'integers'"
              .formatted(slot.path, EventTime.shortened(text)));
    }
  }

  /** NaN or an infinity, which JSON does not have and Python writes all the same. */
  void notFinite(Slot slot) {
    noTime(slot, "NaN");
    if (slot.field != null) {
      drops.drop(Drops.Cause.NOT_FINITE, slot.path);
    }
  }

  void array(Slot slot) {
    noTime(slot, "(an array)");
    if (slot.field != null) {
      drops.drop(Drops.Cause.ARRAY, slot.path);
    }
  }

  /** An object, whose members come next. */
  void object(Slot slot) {
    noTime(slot, "(an object)");
  }

  private void noTime(Slot slot, String what) {
    if (slot.time >= 0) {
      times[slot.time] = what;
    }
  }

  void bool(Slot slot, boolean value) throws Rejection {
    remember(slot, Boolean.toString(value));
    FieldKey key = field(slot);
    if (key == null) {
      return;
    }
    switch (slot.use) {
      case BOOLEAN -> out().bool(key, value);
      case INTEGER -> out().integer(key, value ? 1 : 0);
      case STRING -> out().string(key, Boolean.toString(value));
      case FLOAT, NONE -> out().number(key, value ? ONE : ZERO, 0, 1);
    }
  }

  private static final byte[] ONE = {'1'};
  private static final byte[] ZERO = {'0'};

  void text(Slot slot, String text) throws Rejection {
    if (hasLoneSurrogate(text)) {
      throw new Rejection("'" + slot.path + "' holds half of a surrogate pair, which is no text");
    }
    remember(slot, text);
    FieldKey key = field(slot);
    if (key == null) {
      return;
    }
    switch (slot.use) {
      case STRING -> out().string(key, text);
      case INTEGER -> integer(slot, key, text.strip());
      case BOOLEAN -> truth(slot, key, text.strip());
      case FLOAT, NONE -> numericText(slot, key, text.strip());
    }
  }

  private void truth(Slot slot, FieldKey key, String text) {
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      out().bool(key, Boolean.parseBoolean(text));
    } else {
      drops.drop(Drops.Cause.TEXT, slot.path);
    }
  }

  private void numericText(Slot slot, FieldKey key, String text) {
    if (text.length() <= LONGEST_NUMBER && NUMBER.matcher(text).matches()) {
      decimal(slot, key, text.toCharArray(), 0, text.length());
    } else if (LENIENT.matcher(text).matches()) {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        byte[] plain = Double.toString(value).getBytes(StandardCharsets.ISO_8859_1);
        out().number(key, plain, 0, plain.length);
      } else {
        drops.drop(Drops.Cause.NOT_FINITE, slot.path);
      }
    } else if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      out().number(key, text.equalsIgnoreCase("true") ? ONE : ZERO, 0, 1);
    } else {
      drops.drop(
          NOT_FINITE.matcher(text).matches() ? Drops.Cause.NOT_FINITE : Drops.Cause.TEXT,
          slot.path);
    }
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return true;
      }
    }
    return false;
  }

  /** Writes the row. */
  void end(EventBatch events, int index, int element) throws Rejection {
    needField();
    if (measured.isEmpty()) {
      throw new Rejection(
          "has no measurement: '%s' names none"
              .formatted(measurementPath.orElse(options.measurement())));
    }
    EventTime at = time(events, index);
    out().endRow(series.series(measured), at.nanos() + below(at, events, index, element));
  }

  /** Writes the row with a time that was found elsewhere, as its series will be. */
  int end(EventBatch events, int index, EventTime at) {
    return out().endRow(at.nanos() + below(at, events, index, 0));
  }

  /** Rejects a row without fields. */
  void needField() throws Rejection {
    if (out().rowFields() == 0) {
      throw new Rejection("has no field that can be stored; a point needs at least one number");
    }
  }

  void forgetTimes() {
    Arrays.fill(times, null);
  }

  /** What stands where the time of this rank may be. */
  void time(int rank, String text) {
    times[rank] = text;
  }

  /** The first of the row's times that is one, else the time that the source knows. */
  EventTime time(EventBatch events, int index) throws Rejection {
    Rejection first = null;
    for (String text : times) {
      if (text != null) {
        try {
          EventTime time = EventTime.parse(text, options.timeUnit(), options.zone());
          if (first != null) {
            drops.drop(Drops.Cause.RESERVED, "time"); // a metric called time beside the time
          }
          return time;
        } catch (Rejection rejection) {
          first = first == null ? rejection : first;
        }
      }
    }
    if (first != null) {
      throw first;
    }
    return sourceTime(events, index);
  }

  private EventTime sourceTime(EventBatch events, int index) throws Rejection {
    long millis = events.timeMillis(index);
    if (millis == EventBatch.NO_TIME || millis < 0) {
      throw new Rejection(
          "has no time: none of " + options.time() + " is there, nor does the source know one");
    }
    return EventTime.ofMillis(millis);
  }

  /**
   * Tells events of one series and one time apart, the same way each time they are read. Elements
   * of one array follow each other, so that they never meet while there is room.
   */
  private long below(EventTime at, EventBatch events, int index, int element) {
    if (options.identity() == Identity.NONE) {
      return 0;
    } else if (at.room() == 1) {
      return element;
    }
    boolean byValue = options.identity() == Identity.VALUE && identified;
    long hash = byValue ? identity : position(events, index);
    return (Long.remainderUnsigned(hash, at.room()) + element) % at.room();
  }

  private long position(EventBatch events, int index) {
    if (!events.split().equals(split)) {
      split = events.split();
      splitHash = Identity.hash(split.toString());
    }
    return Identity.mix(splitHash + Identity.mix(events.offset(index)));
  }
}
