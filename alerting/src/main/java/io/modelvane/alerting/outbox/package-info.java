/**
 * Delivers notifications: planned in the transaction that moves the incident, kept in the local
 * database, sent by one worker per endpoint, each once where the receiver can tell.
 *
 * <p>What one endpoint gets of one incident:
 *
 * <ul>
 *   <li>in order, and after everything of the incident's forerunner on the same series;
 *   <li>a step that was not sent when a newer one is planned is superseded: the newer one tells
 *       where things stand, as the opening if the endpoint has not heard of the incident yet;
 *   <li>a resolve, if it was or may have been told of the incident; if it certainly was not, what
 *       waits is cancelled together with the resolve;
 *   <li>every attempt tells the incident as it stands at that moment.
 * </ul>
 *
 * <p>An attempt is marked in the database before it is made. One that ended without an answer (a
 * time-out, a lost connection, a crash) may have arrived: the next one says so, unless the receiver
 * drops repeats. One whose notifier says that nothing was sent has not.
 */
@NullMarked
package io.modelvane.alerting.outbox;

import org.jspecify.annotations.NullMarked;
