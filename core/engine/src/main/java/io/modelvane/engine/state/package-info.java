/** What must survive {@code kill -9}: one SQLite database per data folder, owned by one process. */
@NullMarked
package io.modelvane.engine.state;

import org.jspecify.annotations.NullMarked;
