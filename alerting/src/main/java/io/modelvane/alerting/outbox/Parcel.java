package io.modelvane.alerting.outbox;

import io.modelvane.spi.Notification;
import java.util.List;

/**
 * What is sent in one attempt.
 *
 * @param parts the notifications it tells, one or more
 * @param notification what the notifier gets: the only part, or all of them together
 */
record Parcel(List<Part> parts, Notification notification) {
  Parcel {
    parts = List.copyOf(parts);
  }

  /**
   * One notification of the outbox.
   *
   * @param row as it was when it was taken
   * @param notification what it tells by itself
   */
  record Part(OutboxRow row, Notification notification) {}

  static Parcel of(Part part) {
    return new Parcel(List.of(part), part.notification());
  }

  boolean isCollected() {
    return parts.size() > 1;
  }
}
