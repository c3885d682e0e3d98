package io.modelvane.influx;

/** Whether to compress; given up once it has turned out that the server does not understand it. */
final class Compression {
  private static final int ENOUGH = 3;

  private final System.Logger logger;
  private volatile boolean on;
  private int refusals;

  Compression(boolean on, System.Logger logger) {
    this.on = on;
    this.logger = logger;
  }

  boolean on() {
    return on;
  }

  /** A compressed write failed and the same, sent plainly, did not. */
  synchronized void refused() {
    if (on && ++refusals >= ENOUGH) {
      on = false;
      logger.log(
          System.Logger.Level.WARNING,
          "the server does not take compressed writes: they go uncompressed until the next start;"
              + " set gzip: off");
    }
  }

  /** A compressed write was understood. */
  synchronized void accepted() {
    refusals = 0;
  }
}
