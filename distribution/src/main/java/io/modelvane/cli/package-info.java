/** The command line: what a user types, and the exit codes scripts rely on. */
@NullMarked
package io.modelvane.cli;

import org.jspecify.annotations.NullMarked;
