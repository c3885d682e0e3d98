package io.modelvane.alerting.rule;

import io.modelvane.spi.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a check can tell rules of.
 *
 * @param check its name
 * @param levels where its incidents can stand; all but {@code ok}
 * @param by the only tags its series have; empty where they have all of theirs
 */
public record Watched(String check, Set<Level> levels, Optional<List<String>> by) {}
