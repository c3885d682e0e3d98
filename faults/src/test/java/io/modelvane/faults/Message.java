package io.modelvane.faults;

/**
 * A message that was sent.
 *
 * @param id in its text where it has one, and in its key always
 * @param kind what has to become of it
 * @param second when the call was made, in seconds since 1970
 */
record Message(String id, Kind kind, long second) {
  /** What has to become of a message. */
  enum Kind {
    /** A call; it belongs in the store. */
    CALL,
    /** A call whose row some stores of these tests refuse. */
    UNSTORABLE,
    /** No call; it belongs in the dead letters of every pipeline. */
    MALFORMED
  }

  /** A message of this second. */
  static Message now(String id, Kind kind) {
    return ago(0, id, kind);
  }

  /** A message of a second that is over. */
  static Message ago(int seconds, String id, Kind kind) {
    return new Message(id, kind, System.currentTimeMillis() / 1_000 - seconds);
  }
}
