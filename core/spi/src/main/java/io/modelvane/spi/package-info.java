/**
 * What a plugin author compiles against, and nothing else.
 *
 * <p>A plugin jar has one class that implements {@link io.modelvane.spi.Plugin}, named in {@code
 * META-INF/services/io.modelvane.spi.Plugin}. It lists factories; a factory turns a typed record of
 * options into a component. The engine owns everything around a component: threads, retries,
 * batching, acknowledgement, dead letters, metrics. A component makes <em>one attempt</em> and says
 * what came of it ({@link io.modelvane.spi.Outcome}).
 *
 * <p>The package depends on the JDK alone. Unless a type says otherwise, values are immutable and
 * may be shared between threads.
 */
@NullMarked
package io.modelvane.spi;

import org.jspecify.annotations.NullMarked;
