package io.modelvane.notifier.slack;

import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notification;

/** A way to put a notification into a channel. */
@FunctionalInterface
interface SlackPost {
  /** Makes one attempt. */
  Delivery post(Notification notification) throws InterruptedException;
}
