/**
 * Checks: what turns the points of a series into verdicts. Nothing here does I/O, reads a clock or
 * starts a thread, so that a replay gives the same verdicts.
 */
@NullMarked
package io.modelvane.alerting.check;

import org.jspecify.annotations.NullMarked;
