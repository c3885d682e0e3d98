package io.modelvane.spi;

/**
 * Makes a {@link Decoder}: how bytes become points.
 *
 * @param <O> the options, a record
 */
public non-sealed interface DecoderFactory<O extends Record> extends ComponentFactory<O, Decoder> {}
