package io.modelvane.spi;

/**
 * An event that could not be decoded.
 *
 * @param origin the event, for {@link PointBatch#event}
 * @param reason what is wrong with it
 */
public record EventRejection(int origin, String reason) {}
