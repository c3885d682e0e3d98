package io.modelvane.alerting.why;

import java.time.Instant;

/**
 * One thing that happened in the life of an incident.
 *
 * @param at when
 * @param kind {@code level}, what was found; {@code sent}, {@code not_sent} or {@code waits}, what
 *     came of a notification; else what was decided, as {@code told} or {@code held}
 * @param text what, in a sentence
 */
public record Chapter(Instant at, String kind, String text) {}
