package io.modelvane.alerting.check;

import io.modelvane.spi.Level;

/**
 * What becomes of a series whose windows have nothing to say.
 *
 * @param level where it stands then
 * @param after nanoseconds since the end of the last window that said something
 */
record Absence(Level level, long after) {}
