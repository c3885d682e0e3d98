package io.modelvane.engine.decode;

import io.modelvane.spi.FieldKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Knows what each key is for. Bounded, so that hostile keys do not fill the memory. */
final class Slots {
  private static final int MOST = 4096;
  private static final int MOST_CHARACTERS = 1 << 20; // of those that are kept
  private static final int MOST_OF_A_ROW = 4 << 20; // of those that are known for one row

  private final JsonOptions options;
  private final List<String> tagPaths;
  private final Glob fields;
  private final Glob drop;
  private final Glob integers;
  private final Glob strings;
  private final Glob booleans;
  private final Map<String, Slot> slots = new HashMap<>();
  private final Map<String, Slot> further = new HashMap<>();
  private int kept;
  private int known;

  Slots(JsonOptions options) {
    this.options = options;
    this.tagPaths = options.tags().stream().map(TagRule::from).toList();
    this.fields = Glob.any(options.fields());
    this.drop = Glob.any(options.drop());
    this.integers = Glob.any(options.integers());
    this.strings = Glob.any(options.strings());
    this.booleans = Glob.any(options.booleans());
  }

  /** A new row begins: keys beyond those that are kept are known for one row only. */
  void begin() {
    if (!further.isEmpty()) {
      further.clear();
      slots.clear(); // hostile keys have filled it; those that matter come again
      kept = 0;
      known = 0;
    }
  }

  Slot of(String path) throws Rejection {
    Slot slot = slots.get(path);
    if (slot != null) {
      return slot;
    }
    if (slots.size() < MOST && kept + path.length() <= MOST_CHARACTERS) {
      slot = resolve(path);
      slots.put(path, slot);
      kept += path.length();
      return slot;
    }
    slot = further.get(path);
    return slot == null ? another(path) : slot;
  }

  private Slot another(String path) throws Rejection {
    known += path.length();
    if (known > MOST_OF_A_ROW) {
      throw new Rejection(
          "has keys of more than %,d characters in all, each with those it lies in"
              .formatted(MOST_OF_A_ROW));
    }
    Slot slot = resolve(path);
    further.put(path, slot);
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
            && !options.measurement().equals(JsonOptions.VALUE + path)
            && fields.matches(path)
            && !drop.matches(path);
    boolean reserved = field && (name.isEmpty() || name.equals("time"));
    Slot.Role role = new Slot.Role(path, tag, time, identity, reserved);
    if (!field || reserved) {
      return role.noField();
    }
    boolean renamed = options.rename().containsValue(name);
    return role.field(use(path), FieldKey.of(name), renamed);
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
