/** Words for operators: of unknown origin made fit to be shown, and of what is wrong. */
@NullMarked
package io.modelvane.engine.words;

import org.jspecify.annotations.NullMarked;
