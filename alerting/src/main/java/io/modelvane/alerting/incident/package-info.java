/**
 * Turns statuses into incidents: one per check and series, from leaving {@code ok} to its return.
 */
@NullMarked
package io.modelvane.alerting.incident;

import org.jspecify.annotations.NullMarked;
