package io.modelvane.engine.decode;

import io.modelvane.spi.EventBatch;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.PointBatchBuilder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of flat, plain messages straight from their bytes: numbers and texts are copied once,
 * series are looked up, nothing is created. Gives the same rows and the same rejections as the way
 * through Jackson, which takes whatever is not plain.
 */
final class FlatRows {
  private final FlatObject object;
  private final SeriesTable series;
  private final FlatTime times;
  private final RowAssembler row;
  private final JsonOptions options;

  private int timeStart;
  private int timeEnd;
  private int timeRank;

  FlatRows(JsonOptions options, RowAssembler row) {
    this.options = options;
    this.row = row;
    this.object = new FlatObject(row.slots());
    this.series = new SeriesTable(row.series(), options.measurement(), options.tags().size());
    this.times = new FlatTime(options.timeUnit(), options.zone());
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

  /** Makes the row of a message; false, and nothing done, when Jackson must have it. */
  boolean decode(EventBatch events, int index, byte[] json, PointBatchBuilder out)
      throws Rejection {
    if (!object.split(json)) {
      return false;
    }
    row.begin(events, index, out);
    boolean ended = false;
    try {
      members(json, out);
      row.needField();
      EventTime time = timeRank == Integer.MAX_VALUE ? null : time(json);
      row.end(events, index, time, series.series(json));
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
    timeRank = Integer.MAX_VALUE;
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
    if (slot.time >= 0 && slot.time < timeRank) {
      timeRank = slot.time;
      timeStart = start;
      timeEnd = end;
    }
    if (slot.identity) {
      row.identify(Identity.hash(json, start, end));
    }
  }

  private EventTime time(byte[] json) throws Rejection {
    @Nullable EventTime time = times.parse(json, timeStart, timeEnd);
    return time != null
        ? time
        : EventTime.parse(text(json, timeStart, timeEnd), options.timeUnit(), options.zone());
  }

  private void field(Slot slot, int member, byte[] json, PointBatchBuilder out) throws Rejection {
    FieldKey key = slot.field;
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
