package io.modelvane.cli;

/** Exit codes, those of sysexits.h where it has one. */
final class ExitCode {
  static final int DONE = 0;

  /** The command line is wrong. */
  static final int USAGE = 64;

  /** Our fault. */
  static final int FAULT = 70;

  /** The configuration is wrong, or does not fit the world outside. */
  static final int CONFIGURATION = 78;

  private ExitCode() {}
}
