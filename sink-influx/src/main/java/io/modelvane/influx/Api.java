package io.modelvane.influx;

/** Which write API to speak. */
enum Api {
  /** {@code /api/v2/write}: InfluxDB 2, and most compatible stores. */
  V2,
  /** {@code /write}: InfluxDB 1. */
  V1,
  /** {@code /api/v3/write_lp}: InfluxDB 3. */
  V3
}
