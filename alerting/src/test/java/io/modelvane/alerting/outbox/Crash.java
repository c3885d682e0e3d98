package io.modelvane.alerting.outbox;

/** The process is gone. No component may catch it. */
final class Crash extends Error {
  private static final long serialVersionUID = 1L;
}
