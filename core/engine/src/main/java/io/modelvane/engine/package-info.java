/** Puts a configuration to work: makes, starts, watches and stops everything in it. */
@NullMarked
package io.modelvane.engine;

import org.jspecify.annotations.NullMarked;
