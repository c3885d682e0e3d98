package io.modelvane.spi;

import java.time.Instant;
import java.util.Optional;

/**
 * An event, or a point made from it, that can never be stored, kept with its reason.
 *
 * @param at when it was given up
 * @param pipeline whose it was
 * @param stage what gave it up: {@code decode}, {@code transform} or {@code sink:NAME}
 * @param reason what is wrong, in the other side's own words where it spoke
 * @param event the original message
 * @param line the rejected point as line protocol, when the event was decoded
 */
public record DeadLetter(
    Instant at, String pipeline, String stage, String reason, Event event, Optional<String> line) {}
