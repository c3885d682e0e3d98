package io.modelvane.alerting.api;

import io.modelvane.spi.ApiResponse;

/** A request that cannot be answered as asked; the message says what to do. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  Refusal(int status, String detail) {
    super(detail);
    this.status = status;
  }

  ApiResponse answer() {
    return ApiResponse.problem(status, String.valueOf(getMessage()));
  }
}
