package io.modelvane.kafka;

import org.jspecify.annotations.Nullable;

/**
 * How far one partition has got on one stage of the way (reading, storing), as an offset and as a
 * time: everything that had reached the partition before {@link #complete()} is through.
 *
 * <p>Two things move the time. The brokers said at a time what the end was, and that end has been
 * passed: then all that was there at that time is through, whatever its timestamps say. Until then
 * it is the timestamp of the last message, unless the message says that it was produced after the
 * brokers already had it.
 */
final class Front {
  /** No time is known yet. */
  static final long UNKNOWN = Long.MIN_VALUE;

  private record Mark(long end, long askedAt) {}

  private long offset = -1;
  private long complete = UNKNOWN;
  private @Nullable Mark mark;

  /** Says where the way begins. */
  void place(long position) {
    offset = position;
  }

  boolean isPlaced() {
    return offset >= 0;
  }

  long offset() {
    return offset;
  }

  long complete() {
    return complete;
  }

  /**
   * Everything below an offset is through.
   *
   * @param time the last message's timestamp; negative when there is none
   * @param now the time of day
   */
  void pass(long next, long time, long now) {
    offset = next;
    if (mark != null && offset >= mark.end()) {
      complete = Math.max(complete, mark.askedAt());
      mark = null;
    }
    long latest = mark == null ? now : mark.askedAt();
    if (time >= 0 && time <= latest) {
      complete = Math.max(complete, time);
    }
  }

  /** The brokers, asked at a time, said where the partition ends. */
  void end(long end, long askedAt) {
    if (isPlaced() && offset >= end) {
      complete = Math.max(complete, askedAt);
      mark = null;
    } else if (mark == null) {
      mark = new Mark(end, askedAt);
    }
  }
}
