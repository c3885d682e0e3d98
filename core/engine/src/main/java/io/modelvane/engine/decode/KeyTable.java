package io.modelvane.engine.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The slots of keys, found by bytes. A producer writes its keys in the same order again and again,
 * so the key seen last at a place is tried first. Bounded, as {@link Slots} is.
 */
final class KeyTable {
  private static final int SIZE = 8192; // twice what is kept, so that probing ends soon
  private static final int MOST = 4096;
  private static final int LONGEST = 256; // bytes of those that are kept
  private static final int PLACES = 64;

  /** A key and its slot. */
  static final class Entry {
    private final byte[] name;
    private final Slot slot;
    private long seen;

    private Entry(byte[] name, Slot slot) {
      this.name = name;
      this.slot = slot;
    }

    int length() {
      return name.length;
    }

    Slot slot() {
      return slot;
    }
  }

  private final Slots slots;
  private final @Nullable Entry[] entries = new Entry[SIZE];
  private final @Nullable Entry[] places = new Entry[PLACES];
  private int count;
  private long message;

  KeyTable(Slots slots) {
    this.slots = slots;
  }

  /** A new message begins; a table that hostile keys have filled is emptied. */
  void next() {
    message++;
    if (count == MOST) {
      Arrays.fill(entries, null);
      count = 0;
    }
  }

  /** The key seen last at this place of a message, if it stands at {@code from} with its quote. */
  @Nullable Entry expected(int place, byte[] json, int from) {
    Entry entry = places[place];
    if (entry == null) {
      return null;
    }
    int end = from + entry.name.length;
    boolean same =
        end < json.length
            && json[end] == '"'
            && Arrays.equals(entry.name, 0, entry.name.length, json, from, end);
    return same ? entry : null;
  }

  /**
   * The key that stands in {@code json} between {@code from} and {@code to}; null when full or too
   * long.
   */
  @Nullable Entry find(int place, byte[] json, int from, int to) {
    int index = (int) ByteHash.of(json, from, to, 0) & (SIZE - 1);
    Entry entry = entries[index];
    while (entry != null) {
      if (Arrays.equals(entry.name, 0, entry.name.length, json, from, to)) {
        places[place] = entry;
        return entry;
      }
      index = (index + 1) & (SIZE - 1);
      entry = entries[index];
    }
    return count < MOST && to - from <= LONGEST
        ? add(index, place, Arrays.copyOfRange(json, from, to))
        : null;
  }

  private Entry add(int index, int place, byte[] name) {
    Entry made = new Entry(name, slots.resolve(new String(name, StandardCharsets.ISO_8859_1)));
    entries[index] = made;
    places[place] = made;
    count++;
    return made;
  }

  /** Whether the key is met for the first time in this message. */
  boolean isNew(Entry entry) {
    if (entry.seen == message) {
      return false;
    }
    entry.seen = message;
    return true;
  }
}
