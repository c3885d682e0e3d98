package io.modelvane.alerting.outbox;

/** What has become of a planned notification. The codes are in the database: never change one. */
enum RowState {
  /** Waits to be sent, again or for the first time. */
  DUE(0),
  /** Is being sent; after a crash, it may have been. */
  ATTEMPTING(1),
  /** The receiver has it. */
  SENT(2),
  /** The receiver refused it for good. */
  FAILED(3),
  /** Not sent, as there was nothing to tell any more. */
  CANCELLED(4),
  /** Not sent, as a newer one tells the same and more. */
  SUPERSEDED(5),
  /** Not sent then, as something keeps it back; planned anew when nothing does. */
  HELD(6);

  private final int code;

  RowState(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static RowState of(int code) {
    for (RowState state : values()) {
      if (state.code == code) {
        return state;
      }
    }
    throw new IllegalStateException("a notification in state " + code);
  }
}
