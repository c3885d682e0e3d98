/** Stores points in InfluxDB 1, 2 and 3 and stores that speak its protocol. */
@NullMarked
package io.modelvane.influx;

import org.jspecify.annotations.NullMarked;
