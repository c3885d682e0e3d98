package io.modelvane.alerting.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was found in the outbox: something to send, or when to look again.
 *
 * @param parcel marked as being sent; absent when nothing is to be sent now
 * @param again when the next look is worth while
 */
record Pick(@Nullable Parcel parcel, Instant again) {
  static Pick again(Instant time) {
    return new Pick(null, time);
  }
}
