package io.modelvane.engine.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The slots of keys, found by bytes. A producer writes its keys in the same order and with the same
 * blanks again and again, so what was seen last at a place is tried first: the key with all that
 * stands around it, from the end of the comma to the beginning of the value. Bounded, as {@link
 * Slots} is.
 */
final class KeyTable {
  private static final int SIZE = 8192; // twice what is kept, so that probing ends soon
  private static final int MOST = 4096;
  private static final int LONGEST = 256; // bytes of those that are kept
  private static final int LONGEST_LEAD = LONGEST + 32;
  private static final int PLACES = 64;

  /** A key and its slot. */
  static final class Entry {
    private final byte[] name;
    private final Slot slot;
    private byte[] lead = {};
    private long seen;

    private Entry(byte[] name, Slot slot) {
      this.name = name;
      this.slot = slot;
    }

    /** How many bytes the key has with all that stands around it. */
    int leadLength() {
      return lead.length;
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
      Arrays.fill(places, null);
      count = 0;
    }
  }

  /** The key seen last at this place of a message, if it stands at {@code from} in the same way. */
  @Nullable Entry expected(int place, byte[] json, int from) {
    Entry entry = places[place];
    return entry != null
            && entry.lead.length <= json.length - from
            && EightBytes.same(entry.lead, 0, json, from, entry.lead.length)
        ? entry
        : null;
  }

  /** Expects a key, as it stands between {@code from} and {@code to}, at this place. */
  void expect(int place, Entry entry, byte[] json, int from, int to) {
    if (to - from > LONGEST_LEAD) {
      return;
    }
    if (!Arrays.equals(entry.lead, 0, entry.lead.length, json, from, to)) {
      entry.lead = Arrays.copyOfRange(json, from, to);
    }
    places[place] = entry;
  }

  /**
   * The key that stands in {@code json} between {@code from} and {@code to}; null when full or too
   * long.
   */
  @Nullable Entry find(byte[] json, int from, int to) {
    int index = (int) ByteHash.of(json, from, to, 0) & (SIZE - 1);
    Entry entry = entries[index];
    while (entry != null) {
      if (Arrays.equals(entry.name, 0, entry.name.length, json, from, to)) {
        return entry;
      }
      index = (index + 1) & (SIZE - 1);
      entry = entries[index];
    }
    return count < MOST && to - from <= LONGEST
        ? add(index, Arrays.copyOfRange(json, from, to))
        : null;
  }

  private Entry add(int index, byte[] name) {
    Entry made = new Entry(name, slots.resolve(new String(name, StandardCharsets.ISO_8859_1)));
    entries[index] = made;
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
