package io.modelvane.engine.decode;

/** Why an event cannot be decoded. Carries no stack trace: it is an answer, not a defect. */
final class Rejection extends Exception {
  private static final long serialVersionUID = 1L;

  Rejection(String reason) {
    super(reason, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
