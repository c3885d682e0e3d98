package io.modelvane.demo;

/**
 * Where a broker runs. Each may be started again after it was stopped or killed, on the same data
 * and ports.
 */
interface BrokerForm {
  void start();

  void stop();

  void kill();

  boolean isRunning();

  /** What it said last, where it is kept. */
  String lastWords();
}
