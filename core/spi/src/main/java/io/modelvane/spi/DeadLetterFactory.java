package io.modelvane.spi;

/**
 * Makes a {@link DeadLetterStore}: where events and points go that can never be stored.
 *
 * @param <O> the options, a record
 */
public non-sealed interface DeadLetterFactory<O extends Record>
    extends ComponentFactory<O, DeadLetterStore> {}
