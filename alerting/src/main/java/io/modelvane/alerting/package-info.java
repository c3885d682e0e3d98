/** Evaluates checks on the stream, keeps incidents and notifies. */
@NullMarked
package io.modelvane.alerting;

import org.jspecify.annotations.NullMarked;
