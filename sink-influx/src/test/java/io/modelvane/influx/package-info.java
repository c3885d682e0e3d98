/** Tests of the sink and of what it brings for InfluxDB's dashboards. */
@NullMarked
package io.modelvane.influx;

import org.jspecify.annotations.NullMarked;
