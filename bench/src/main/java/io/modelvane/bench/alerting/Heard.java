package io.modelvane.bench.alerting;

import io.modelvane.alerting.check.Finding;
import io.modelvane.alerting.check.Verdicts;
import io.modelvane.spi.Level;

/** Counts verdicts, so that they are not in vain. */
final class Heard implements Verdicts {
  private long count;

  long count() {
    return count;
  }

  @Override
  public void judged(Level previous, long sourceTime, long known) {
    count++;
  }

  @Override
  public void amended(Level level, Finding finding, long sourceTime) {
    count++;
  }

  @Override
  public void failed() {
    throw new IllegalStateException("an expression failed");
  }

  @Override
  public void notNumeric() {
    throw new IllegalStateException("a field is text");
  }

  @Override
  public void late() {
    throw new IllegalStateException("a call came late");
  }
}
