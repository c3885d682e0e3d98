/** What operators see: metrics, health, and the small HTTP server that shows them. */
@NullMarked
package io.modelvane.engine.observe;

import org.jspecify.annotations.NullMarked;
