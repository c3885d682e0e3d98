package io.modelvane.alerting.outbox;

import java.time.Instant;
import java.util.List;

/**
 * What was found in the outbox: something to send, or when to look again.
 *
 * @param parcels marked as being sent, in their order; none when nothing is to be sent now
 * @param again when the next look is worth while
 */
record Pick(List<Parcel> parcels, Instant again) {
  Pick {
    parcels = List.copyOf(parcels);
  }

  static Pick again(Instant time) {
    return new Pick(List.of(), time);
  }
}
