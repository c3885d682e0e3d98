/** Keeps what can never be stored, with its reason, in files of JSON lines. */
@NullMarked
package io.modelvane.engine.deadletter;

import org.jspecify.annotations.NullMarked;
