package io.modelvane.alerting.check;

import java.util.Locale;

/** Constants as they are written in configuration. */
final class Words {
  private Words() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
