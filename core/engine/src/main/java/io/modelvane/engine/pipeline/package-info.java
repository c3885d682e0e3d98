/**
 * The way of a message: poll, decode, transform, write, acknowledge. A pipeline is one thread that
 * owns all its state; answers of sinks come back to it through a mailbox.
 */
@NullMarked
package io.modelvane.engine.pipeline;

import org.jspecify.annotations.NullMarked;
