/**
 * What keeps notifications back on purpose and for a time: silences, which people make and end, and
 * maintenance, which is configured.
 */
@NullMarked
package io.modelvane.alerting.silence;

import org.jspecify.annotations.NullMarked;
