/** Benchmarks that reach what is the package's own. */
@NullMarked
package io.modelvane.influx;

import org.jspecify.annotations.NullMarked;
