package io.modelvane.engine.decode;

import io.modelvane.spi.FieldKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Knows what each key is for. Bounded, so that hostile keys do not fill the memory. */
final class Slots {
  private static final int MOST_KEPT = 4096;
  private static final int MOST_AT_ONCE = 16_384;

  private final JsonOptions options;
  private final List<String> tagPaths;
  private final Glob fields;
  private final Glob drop;
  private final Glob integers;
  private final Glob strings;
  private final Glob booleans;
  private final Map<String, Slot> slots = new HashMap<>();

  Slots(JsonOptions options) {
    this.options = options;
    this.tagPaths = options.tags().stream().map(TagRule::from).toList();
    this.fields = Glob.any(options.fields());
    this.drop = Glob.any(options.drop());
    this.integers = Glob.any(options.integers());
    this.strings = Glob.any(options.strings());
    this.booleans = Glob.any(options.booleans());
  }

  /** A row begins: of too many keys met before, none is needed. */
  void next() {
    if (slots.size() > MOST_KEPT) {
      slots.clear();
    }
  }

  /** The slot of a key; the same object for the same key within a row. */
  Slot of(String path) throws Rejection {
    Slot slot = slots.get(path);
    if (slot == null) {
      if (slots.size() >= MOST_AT_ONCE) {
        throw new Rejection("has thousands of keys; a call reports a few dozen");
      }
      slot = resolve(path);
      slots.put(path, slot);
    }
    return slot;
  }

  /** What a key is for. */
  Slot resolve(String path) {
    int tag = tagPaths.indexOf(path);
    int time = options.time().indexOf(path);
    boolean identity = options.identityKey().filter(path::equals).isPresent();
    String name = options.rename().getOrDefault(path, path);
    boolean field =
        tag < 0
            && time < 0
            && !name.isEmpty()
            && !name.equals("time")
            && fields.matches(path)
            && !drop.matches(path);
    if (!field) {
      return new Slot(path, Slot.Use.NONE, null, tag, time, identity);
    }
    return new Slot(path, use(path), FieldKey.of(name), tag, time, identity);
  }

  private Slot.Use use(String path) {
    if (strings.matches(path)) {
      return Slot.Use.STRING;
    } else if (integers.matches(path)) {
      return Slot.Use.INTEGER;
    }
    return booleans.matches(path) ? Slot.Use.BOOLEAN : Slot.Use.FLOAT;
  }
}
