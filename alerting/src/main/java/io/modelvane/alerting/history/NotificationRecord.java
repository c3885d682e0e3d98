package io.modelvane.alerting.history;

import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notification;
import java.time.Instant;

/**
 * One attempt to notify, for the history.
 *
 * @param notification as it was handed to the notifier
 * @param endpoint the notifier's name
 * @param delivery what came of it
 * @param at when the answer was there
 */
public record NotificationRecord(
    Notification notification, String endpoint, Delivery delivery, Instant at) {}
