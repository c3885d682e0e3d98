/** Command line, launcher and archives. */
@NullMarked
package io.modelvane.cli;

import org.jspecify.annotations.NullMarked;
