/** How fast checks are, how much memory their states take, and how long a restart takes. */
@NullMarked
package io.modelvane.bench.alerting;

import org.jspecify.annotations.NullMarked;
