package io.modelvane.bench.micro;

/** What the calls look like. */
public enum Shape {
  /** The sample of the Insights documentation, 270 bytes. */
  USUAL,
  /** Twenty-five metrics. */
  WIDE,
  /** Every number as a text. */
  NUMBERS_AS_TEXT,
  /** Names with blanks, commas, quotes and letters beyond ASCII. */
  ODD_NAMES,
  /** A text of 2,000 characters that nobody asks for by name. */
  LONG
}
