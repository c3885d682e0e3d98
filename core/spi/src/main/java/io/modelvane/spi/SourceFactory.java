package io.modelvane.spi;

/**
 * Makes a {@link Source}: where events come from.
 *
 * @param <O> the options, a record
 */
public non-sealed interface SourceFactory<O extends Record> extends ComponentFactory<O, Source> {}
