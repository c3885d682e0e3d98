package io.modelvane.cli;

/** Exit codes, those of sysexits.h where it has one. */
final class ExitCode {
  static final int DONE = 0;

  /** The work was done, and not all of it came to a good end. */
  static final int PARTLY = 1;

  /** The command line is wrong. */
  static final int USAGE = 64;

  /** Our fault. */
  static final int FAULT = 70;

  /** Something outside does not work now; the same may work later. */
  static final int LATER = 75;

  /** The configuration is wrong, or does not fit the world outside. */
  static final int CONFIGURATION = 78;

  private ExitCode() {}
}
