/** Benchmarks. */
@NullMarked
package io.modelvane.bench;

import org.jspecify.annotations.NullMarked;
