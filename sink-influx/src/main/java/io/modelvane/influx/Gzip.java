package io.modelvane.influx;

/** Whether bodies are compressed. */
enum Gzip {
  /** Not towards this machine, else yes. */
  AUTO,
  ON,
  OFF
}
