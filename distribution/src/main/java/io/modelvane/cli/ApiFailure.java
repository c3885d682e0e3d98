package io.modelvane.cli;

/** A running Modelvane did not do what it was asked to; the message says why and what to do. */
final class ApiFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final boolean absent;

  private ApiFailure(int exitCode, boolean absent, String message) {
    super(message);
    this.exitCode = exitCode;
    this.absent = absent;
  }

  ApiFailure(int exitCode, String message) {
    this(exitCode, false, message);
  }

  /** Nobody listens where a Modelvane should. */
  static ApiFailure absent(String address) {
    return new ApiFailure(
        ExitCode.LATER,
        true,
        "nothing answers at %s; does modelvane run there? Its first line of output says where it listens: give that with --url, or its configuration with -c"
            .formatted(address));
  }

  /** An answer that is no success. */
  static ApiFailure of(int status, String detail) {
    return new ApiFailure(code(status), false, detail + hint(status));
  }

  private static int code(int status) {
    return switch (status) {
      case 400, 404, 409, 422 -> ExitCode.USAGE;
      case 401, 403 -> ExitCode.CONFIGURATION;
      case 503 -> ExitCode.LATER;
      default -> ExitCode.FAULT;
    };
  }

  private static String hint(int status) {
    return status == 401
        ? " (give the configuration with -c, or the token in a file with --token-file)"
        : "";
  }

  int exitCode() {
    return exitCode;
  }

  /** Whether the token is missing, or not the one that is asked for. */
  boolean isRefusal() {
    return exitCode == ExitCode.CONFIGURATION;
  }

  /** Whether nobody listens there. */
  boolean isAbsent() {
    return absent;
  }
}
