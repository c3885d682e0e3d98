package io.modelvane.spi;

/**
 * Makes a {@link Notifier}: where notifications go.
 *
 * @param <O> the options, a record
 */
public non-sealed interface NotifierFactory<O extends Record>
    extends ComponentFactory<O, Notifier> {}
