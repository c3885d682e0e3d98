/** Plugin host, configuration, pipeline runtime, state and observation. */
@NullMarked
package io.modelvane.engine;

import org.jspecify.annotations.NullMarked;
