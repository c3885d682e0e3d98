/** Benchmarks that reach what is the package's own. */
@NullMarked
package io.modelvane.engine.decode;

import org.jspecify.annotations.NullMarked;
