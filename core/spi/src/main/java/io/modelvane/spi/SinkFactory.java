package io.modelvane.spi;

/**
 * Makes a {@link Sink}: where points go.
 *
 * @param <O> the options, a record
 */
public non-sealed interface SinkFactory<O extends Record> extends ComponentFactory<O, Sink> {}
