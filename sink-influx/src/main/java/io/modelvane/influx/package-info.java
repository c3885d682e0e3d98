/**
 * Stores points in InfluxDB 1, 2 and 3 and in stores that speak its protocol. Lines go from the
 * batch to the socket without becoming objects; what the server refuses is traced to the guilty
 * rows.
 */
@NullMarked
package io.modelvane.influx;

import org.jspecify.annotations.NullMarked;
