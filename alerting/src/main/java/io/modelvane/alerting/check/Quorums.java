package io.modelvane.alerting.check;

import io.modelvane.spi.Level;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Levels that are reached when enough values of a window reach them, and left when all of them mean
 * recovery.
 *
 * @param least how many values it takes
 * @param levels what each value is asked for
 * @param recover what each value has to be for a level to end
 */
record Quorums(Quorum least, Map<Level, Condition> levels, Map<Level, Condition> recover) {
  private static final int LEFT = 8; // above the severities

  Answer reached(Level level) {
    return new Answer(
        level.severity(), least + " " + Objects.requireNonNull(levels.get(level)), true);
  }

  Answer left(Level level) {
    return new Answer(
        level.severity() + LEFT, "all " + Objects.requireNonNull(recover.get(level)), false);
  }

  Ladder ladder(Damping damping) {
    Map<Level, Answer> up = new EnumMap<>(Level.class);
    levels.keySet().forEach(level -> up.put(level, reached(level)));
    Map<Level, Answer> down = new EnumMap<>(Level.class);
    recover.keySet().forEach(level -> down.put(level, left(level)));
    return new Ladder(up, down, damping);
  }
}
