package io.modelvane.alerting.outbox;

/** The process is gone. No component may catch it. */
final class Crash extends VirtualMachineError {
  private static final long serialVersionUID = 1L;
}
