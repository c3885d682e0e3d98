/** States, incidents and points as bytes in the local database, small and in one manner. */
@NullMarked
package io.modelvane.alerting.codec;

import org.jspecify.annotations.NullMarked;
