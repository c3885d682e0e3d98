package io.modelvane.spi;

/** The type of a field's value, as InfluxDB knows them. */
public enum FieldType {
  /** A finite double: the default for every number. */
  FLOAT,
  /** A signed 64-bit integer. */
  INTEGER,
  /** A truth value. */
  BOOLEAN,
  /** Text. */
  STRING
}
