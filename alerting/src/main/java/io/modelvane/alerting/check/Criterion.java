package io.modelvane.alerting.check;

/** What a level is reached by, or left by. Its text is what people read. */
interface Criterion {
  /** Whether it holds, as surely as the value is known. */
  boolean test(Estimate value);

  /** Of two values for which it holds, the worse one. */
  double worse(double before, double now);
}
