package io.modelvane.alerting.check;

import io.modelvane.spi.Level;

/**
 * When a series is silent.
 *
 * @param after nanoseconds without a row
 * @param forgetAfter nanoseconds without a row until nobody waits any more
 * @param level how bad it is
 */
record Silence(long after, long forgetAfter, Level level) {}
