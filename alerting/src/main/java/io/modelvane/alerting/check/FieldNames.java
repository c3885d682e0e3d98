package io.modelvane.alerting.check;

import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Problems;

/** Names of fields as options. */
final class FieldNames {
  private FieldNames() {}

  /** Reports a name that no field can have. */
  static void validate(String name, String path, Problems problems) {
    try {
      FieldKey.of(name);
    } catch (IllegalArgumentException refused) {
      problems.add(path, String.valueOf(refused.getMessage()));
    }
  }
}
