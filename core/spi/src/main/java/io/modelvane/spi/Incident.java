package io.modelvane.spi;

import java.time.Instant;

/**
 * The life of a (check, series) from leaving {@code ok} to returning to it. Its identity does not
 * depend on the names of rules or endpoints.
 *
 * @param id unique over all incidents, stable over restarts and replays
 * @param key the same for all incidents of this (check, series): hexadecimal, at most 64 characters
 * @param check the check's name
 * @param series what is concerned
 * @param level where it stands now
 * @param worst the worst level so far
 * @param since when it left {@code ok}
 * @param breaches how many statuses worse than {@code ok} it has seen
 */
public record Incident(
    String id,
    String key,
    String check,
    Series series,
    Level level,
    Level worst,
    Instant since,
    long breaches) {}
