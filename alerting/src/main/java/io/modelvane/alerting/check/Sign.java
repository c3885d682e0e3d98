package io.modelvane.alerting.check;

import io.modelvane.spi.FieldKey;

/**
 * A field that is a sign of life.
 *
 * @param field the field
 * @param zeroCounts whether it is where it is 0
 */
record Sign(FieldKey field, boolean zeroCounts) {
  /** The same text for the same sign. */
  @Override
  public String toString() {
    return field.name() + (zeroCounts ? "" : " other than 0");
  }
}
