package io.modelvane.engine.decode;

import io.modelvane.spi.EventBatch;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.PointBatchBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Makes rows of flat, plain messages straight from their bytes: numbers and texts are copied once,
 * series are looked up at the end, nothing is created. Gives the same rows and the same rejections
 * as the way through Jackson, which takes whatever is not plain.
 */
final class FlatRows {
  private final FlatObject object;
  private final SeriesLookup series;
  private final FlatTime times;
  private final RowAssembler row;

  private final int[] timeStarts;
  private final int[] timeEnds;
  private int timesFound;
  private int lastTime;

  FlatRows(JsonOptions options, RowAssembler row) {
    this.row = row;
    this.object = new FlatObject(row.slots());
    this.series =
        new SeriesLookup(
            row.series(),
            options.measurement(),
            options.tags().stream().map(TagRule::name).toList());
    this.times = new FlatTime(options.timeUnit(), options.zone());
    this.timeStarts = new int[options.time().size()];
    this.timeEnds = new int[options.time().size()];
  }

  /** Whether this mapping takes everything from the message's own values. */
  static boolean supports(JsonOptions options) {
    return options.explode().isEmpty()
        && !options.measurement().startsWith("$")
        && options.tags().stream().noneMatch(tag -> isSelector(tag.from()));
  }

  private static boolean isSelector(String from) {
    return from.startsWith("$") || from.startsWith("=");
  }

  /** Starts with the messages of another batch. */
  void begin() {
    series.forget();
  }

  /** Gives the rows made since the beginning whatever they still lack. */
  void end(PointBatchBuilder out) {
    series.settle(out);
  }

  /** Makes the row of a message; false, and nothing done, when Jackson must have it. */
  boolean decode(EventBatch events, int index, byte[] json, PointBatchBuilder out)
      throws Rejection {
    if (!object.split(json)) {
      return false;
    }
    row.begin(out);
    boolean ended = false;
    try {
      members(json, out);
      row.needField();
      EventTime time = time(events, index, json);
      series.check(json);
      series.add(json, row.end(events, index, time), out);
      ended = true;
    } finally {
      if (!ended) {
        out.abandonRow();
      }
    }
    return true;
  }

  private void members(byte[] json, PointBatchBuilder out) throws Rejection {
    series.clear();
    timesFound = 0;
    Arrays.fill(timeEnds, 0);
    for (int member = 0; member < object.size(); member++) {
      FlatObject.Kind kind = object.kind(member);
      if (kind == FlatObject.Kind.NULL) {
        continue;
      }
      Slot slot = object.slot(member);
      if (!slot.isPlain()) {
        remember(slot, object.start(member), object.end(member), json);
      }
      field(slot, member, json, out);
    }
  }

  private void remember(Slot slot, int start, int end, byte[] json) {
    if (slot.tag >= 0) {
      series.tag(slot.tag, start, end);
    }
    if (slot.time >= 0) {
      timeStarts[slot.time] = start;
      timeEnds[slot.time] = end;
      lastTime = slot.time;
      timesFound++;
    }
    if (slot.identity && !isBlank(json, start, end)) {
      row.identify(Identity.hash(json, start, end));
    }
  }

  private static boolean isBlank(byte[] json, int start, int end) {
    int at = start;
    while (at < end && json[at] == ' ') {
      at++;
    }
    return at == end;
  }

  private EventTime time(EventBatch events, int index, byte[] json) throws Rejection {
    if (timesFound == 1) {
      EventTime time = times.parse(json, timeStarts[lastTime], timeEnds[lastTime]);
      if (time != null) {
        return time;
      }
    }
    row.forgetTimes();
    for (int rank = 0; timesFound > 0 && rank < timeStarts.length; rank++) {
      if (timeEnds[rank] > 0) {
        row.time(rank, text(json, timeStarts[rank], timeEnds[rank]));
      }
    }
    return row.time(events, index);
  }

  private void field(Slot slot, int member, byte[] json, PointBatchBuilder out) throws Rejection {
    FieldKey key = row.field(slot);
    if (key == null) {
      return;
    }
    int start = object.start(member);
    int end = object.end(member);
    switch (object.kind(member)) {
      case NUMBER -> {
        if (slot.use == Slot.Use.FLOAT) {
          out.number(key, json, start, end);
        } else {
          number(slot, json, start, end);
        }
      }
      case EXPONENT_NUMBER -> number(slot, json, start, end);
      case TEXT -> {
        if (slot.use == Slot.Use.STRING) {
          out.string(key, json, start, end);
        } else if (slot.use == Slot.Use.FLOAT && FlatObject.isNumber(json, start, end)) {
          out.number(key, json, start, end);
        } else {
          row.text(slot, text(json, start, end));
        }
      }
      case TRUE -> row.bool(slot, true);
      case FALSE -> row.bool(slot, false);
      case NULL -> {}
    }
  }

  private void number(Slot slot, byte[] json, int start, int end) throws Rejection {
    char[] digits = text(json, start, end).toCharArray();
    row.number(slot, digits, 0, digits.length);
  }

  private static String text(byte[] json, int start, int end) {
    return new String(json, start, end - start, StandardCharsets.ISO_8859_1);
  }
}
