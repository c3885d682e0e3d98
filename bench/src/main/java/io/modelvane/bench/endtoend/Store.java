package io.modelvane.bench.endtoend;

/** Where the product stores. */
interface Store extends AutoCloseable {
  /** On 127.0.0.1. */
  int port();

  /** Lines it has stored. */
  long lines();

  /** Bytes that have been sent to it; 0 where it does not tell. */
  long bytes();

  @Override
  void close();
}
