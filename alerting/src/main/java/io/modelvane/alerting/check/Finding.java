package io.modelvane.alerting.check;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a verdict rests on.
 *
 * @param field the field, where the check looks at one
 * @param value what was compared
 * @param message one sentence
 * @param details further facts for templates
 */
public record Finding(
    Optional<String> field, OptionalDouble value, String message, Map<String, String> details) {
  /** Copies the map. */
  public Finding {
    details = Map.copyOf(details);
  }
}
